"""What a young person meets: seeded personas talk to the whole house, and what became of each is counted.

    python -m bench.people                        three hundred, in words
    python -m bench.people --json out.json        the same for machines
    python -m bench.people --transcripts folder   every conversation as the phone showed it

Goals: something useful by the third message for all; a median of 7 own messages to the recap, 12 at the ninetieth
percentile; a recap, an appointment or a human for 90 % (the wary: all); nothing asked twice, no dead end; the same
result in the masculine and in the feminine. The exit code is 1 when one is missed.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import orjson

from bench.people_crowd import personas
from bench.people_figures import figures
from bench.people_house import House, opened, phone
from bench.people_personas import Persona
from bench.people_transcript import Transcript, meet

_AT_ONCE = 12
"""Conversations at a time: more would wait for the same two cores."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, and say by the exit code whether every goal is met."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="people-") as folder:
        transcripts = asyncio.run(_run(Path(folder), options))
    found = figures(transcripts)
    for figure in found:
        print(figure.line())
    if options.transcripts:
        _write(options.transcripts, transcripts)
    if options.json:
        options.json.write_bytes(orjson.dumps([figure.record() for figure in found], option=orjson.OPT_INDENT_2))
    return int(any(figure.met is False for figure in found))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.people", description="Personas talk to the whole house.")
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="also write the figures here")
    parser.add_argument("--transcripts", type=Path, help="also write every conversation into this folder")
    return parser.parse_args(arguments)


async def _run(folder: Path, options: argparse.Namespace) -> list[Transcript]:
    async with opened(folder) as house:
        return await talk(house, personas(options.seed, options.people))


async def talk(house: House, people: Sequence[Persona]) -> list[Transcript]:
    """Everybody's conversation, some at a time."""
    room = asyncio.Semaphore(_AT_ONCE)

    async def one(persona: Persona) -> Transcript:
        async with room:
            return await meet(house, persona, phone(house, persona.phone, persona.place))

    return await asyncio.gather(*map(one, people))


def _write(folder: Path, transcripts: Sequence[Transcript]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for transcript in transcripts:
        name = transcript.persona.kind.name.replace(", ", "-").replace(" ", "-")
        (folder / f"{transcript.persona.place:03}-{name}.txt").write_text(transcript.shown(), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
