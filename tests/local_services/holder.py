"""A product for the tests to kill: starts the two servers in the folder it is given, says so, and stays until told."""

import asyncio
import signal
import sys
from pathlib import Path

import asyncpg

from bot.local_services import ServiceError, local_services


async def _remember(url: str, word: str) -> list[str]:
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE IF NOT EXISTS remembered (word text)")
    if word:
        await connection.execute("INSERT INTO remembered VALUES ($1)", word)
    rows = await connection.fetch("SELECT word FROM remembered ORDER BY word")
    await connection.close()
    return [row["word"] for row in rows]


def main(folder: str, word: str = "") -> int:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a caller in the background has it ignored
    try:
        with local_services(Path(folder), "", "", lambda _: None) as services:
            print("ready", *asyncio.run(_remember(services.database_url, word)), flush=True)
            if word:
                signal.pause()
    except ServiceError as error:
        print(error.sentence)
        return error.exit_code
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
