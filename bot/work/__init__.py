"""The loops: converse (the heart), send, wake, fetch, retention. Each claims, does, settles; any number of processes
may run them.
"""

import asyncio

from bot import clock, texts
from bot.channels import open_doors
from bot.flows.understanding import load_lexicon
from bot.resources import Resources
from bot.resources.days_off import days_off
from bot.resources.files import lexicon_file
from bot.store.accounts import accounts
from bot.work.converse import MOST_PEOPLE, Converse
from bot.work.fetch import Fetch
from bot.work.loop import Rhythm, forever
from bot.work.retention import Retention
from bot.work.send import MOST_IN_FLIGHT, Send
from bot.work.wake import Wake

CONVERSING = 2
"""Loops that converse in one process: one thinks while the other waits for its commit."""


async def run(resources: Resources, stop: asyncio.Event) -> None:
    """Run every loop until `stop`, then let what flies land."""
    texts.languages()  # every language is compiled before the first person waits for it
    # loading bank holidays takes a second of CPU: now, not while the first person waits
    await asyncio.to_thread(days_off, resources.settings.timezone, clock.now().year)
    doors = await open_doors(resources, await accounts(resources.db, "telegram", resources.secrets))
    lexicon, send = load_lexicon(lexicon_file), Send(resources, doors)
    wake, fetch = Wake(resources), Fetch(resources, doors)
    bell, never = resources.fanout.bell, asyncio.Event()
    loops = [
        *(
            forever("converse", Converse(resources, lexicon).once, bell("inbox"), stop, Rhythm(0.25, MOST_PEOPLE))
            for _ in range(CONVERSING)
        ),
        forever("send", send.once, send.bell, stop, Rhythm(0.25, MOST_IN_FLIGHT)),
        forever("wake", wake.once, never, stop, Rhythm(1.0)),
        forever("reclaim", send.reclaim, never, stop, Rhythm(5.0)),
        forever("sweep", wake.sweep, never, stop, Rhythm(5.0)),
        forever("retention", Retention(resources).once, never, stop, Rhythm(3600.0)),
        forever("fetch", fetch.once, bell("inbox"), stop, Rhythm(2.0)),
    ]
    try:
        await asyncio.gather(*loops)
    finally:
        await send.drain()
        for door in doors.values():
            await door.close()
