"""The runs of bench/turns.py: each loads running bots through its driver and gives back figures."""

import asyncio
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bench.bot_api import Webhook, now
from bench.bots import Bot
from bench.driver import Chat, Driver, Tally, until
from bench.figures import Figure, median_of, worst_of
from bench.processes import cpu_ms

_FAULTS: Final = ("lost", "doubled", "disordered")
_OWN: Final = frozenset({"postgres", "valkey", "driver"})


@dataclass
class Side:
    """One bot with its own Bot API and chats."""

    bot: Bot
    driver: Driver
    database_url: str = ""

    def attach(self) -> None:
        """Points the driver at the bot."""
        self.driver.webhook = Webhook(self.bot.port, self.bot.path, self.driver.first)
        self.driver.meter = self.spent

    def spent(self) -> dict[str, float]:
        """CPU milliseconds of the bot, its servers and this process, so far."""
        return self.bot.cpu() | {"driver": cpu_ms([os.getpid()])}


async def throughput(sides: list[Side], chats: int, rounds: int, seconds: float) -> list[Figure]:
    """`chats` people answer as fast as they are answered; the bots take turns, round by round."""
    for side in sides:  # a first round that does not count: caches fill, statistics of new tables come
        await side.driver.closed(min(chats, 200), 8, warm=0)
    measured: dict[str, list[tuple[Tally, float, dict[str, float]]]] = {side.bot.name: [] for side in sides}
    for _ in range(rounds):
        for side in sides:
            tally, took = await side.driver.closed(chats, seconds)
            measured[side.bot.name].append((tally, took, side.driver.spent))
            await asyncio.sleep(0.5)
    figures = [
        figure
        for name, all_rounds in measured.items()
        for figure in _of_rounds(f"{name}, {chats} chats", name, all_rounds, chats)
    ]
    if "peer" in measured and "house" in measured:
        ratios = [_rate(h) / _rate(p) for h, p in zip(measured["house"], measured["peer"], strict=True)]
        figures.append(median_of(f"{chats} chats", "house / peer", ratios, "times", ">= 5"))
    return figures


def _rate(one: tuple[Tally, float, dict[str, float]]) -> float:
    return one[0].turns / one[1]


def _of_rounds(run: str, name: str, rounds: list[tuple[Tally, float, dict[str, float]]], chats: int) -> list[Figure]:
    ours = name == "house"
    figures = [median_of(run, "turns", map(_rate, rounds), "/s", ">= 1000" if ours else "")]
    for key in rounds[0][0].latencies():
        goal = "<= 250" if ours and chats <= 200 and key in {"reply_p99_ms"} else ""
        figures.append(median_of(run, key, (tally.latencies()[key] for tally, _, _ in rounds), "ms", goal))
    figures += _cpu(run, ours, [(tally, spent) for tally, _, spent in rounds])
    for fault in _FAULTS:
        figures.append(
            worst_of(run, fault, (getattr(tally, fault) for tally, _, _ in rounds), "", "= 0" if ours else "")
        )
    return figures


def _cpu(run: str, ours: bool, rounds: list[tuple[Tally, Mapping[str, float]]]) -> list[Figure]:
    figures = [
        median_of(run, f"cpu {name}", (spent[name] / max(1, tally.turns) for tally, spent in rounds), "ms/turn")
        for name in rounds[0][1]
    ]
    bot = [sum(ms for name, ms in spent.items() if name not in _OWN) / max(1, tally.turns) for tally, spent in rounds]
    return [*figures, median_of(run, "cpu of the bot in all", bot, "ms/turn", "<= 1" if ours else "")]


async def slow_provider(side: Side, delay_ms: float, chats: int, rounds: int, seconds: float) -> list[Figure]:
    """The Bot API takes `delay_ms` a call."""
    side.driver.trouble.delay = delay_ms / 1000
    found = [await side.driver.closed(chats, seconds) for _ in range(rounds)]
    side.driver.trouble.delay = 0.0
    run = f"house, API {delay_ms:g} ms"
    return [
        median_of(run, "turns", (tally.turns / took for tally, took in found), "/s", ">= 500"),
        *(worst_of(run, fault, (getattr(tally, fault) for tally, _ in found), "", "= 0") for fault in _FAULTS),
    ]


async def sustained(side: Side, rate: float, seconds: float) -> list[Figure]:
    """`rate` updates a second, whatever the bot does. Memory at both ends."""
    before = side.bot.memory()
    tally, took = await side.driver.steady(rate, seconds)
    run, after = f"house, {rate:g}/s for {seconds:g} s", side.bot.memory()
    figures = [Figure(run, "turns", round(tally.turns / took, 1), "/s")]
    for key, value in tally.latencies().items():
        figures.append(Figure(run, key, value, "ms", "<= 250" if key == "ack_p99_ms" and rate <= 200 else ""))
    figures += _cpu(
        run, False, [(tally, side.driver.spent)]
    )  # the goal is for a full load: an idle bot answers at once instead
    figures += [Figure(run, fault, getattr(tally, fault), "", "= 0") for fault in _FAULTS]
    figures += [Figure(run, f"memory {name} before", before[name], "MiB") for name in before]
    return figures + [
        Figure(run, f"memory {name} grew", round(after[name] - before[name], 1), "MiB") for name in before
    ]


async def memory(side: Side, chats: int, minutes: int) -> list[Figure]:
    """Resident memory minute after minute under full load: what still grows after the first one is a leak."""
    seen = []
    for _ in range(minutes + 1):
        await side.driver.closed(chats, 55, warm=1.0)
        seen.append(side.bot.memory())
    run = f"house, memory over {minutes} min"
    figures = [Figure(run, f"{name} after 1 min", value, "MiB") for name, value in seen[0].items()]
    grown = max((seen[-1][name] - seen[0][name]) / seen[0][name] * 100 for name in seen[0])
    return [*figures, Figure(run, "growth after the first minute", round(grown, 1), "%", "<= 5")]


async def burst(side: Side, chats: int) -> list[Figure]:
    """Three answers typed without waiting must be heard as if they had been typed one by one.

    The first chat waits for each answer: what it is told is the measure for the others.
    """
    driver, words = side.driver, ("vendeuse en alternance", "18 ans", "plutôt le matin")
    driver.trace = {}
    alone = driver.new_chat()
    await _heard(driver, [alone], 1)
    for count, text in enumerate(words, 2):
        driver.say(alone, text)
        await _heard(driver, [alone], count)
    crowd = [driver.new_chat() for _ in range(chats)]
    await _heard(driver, crowd, 1)
    for chat in crowd:
        for text in words:
            driver.say(chat, text)
    await _heard(driver, crowd, 1 + len(words))
    expected = _without_secrets(driver.trace[alone.id])
    right = sum(_without_secrets(driver.trace[chat.id]) == expected for chat in crowd)
    driver.trace = None
    driver.chats.clear()
    return [
        Figure(
            f"{side.bot.name}, three at once",
            "chats that land right",
            right,
            f"of {chats}",
            f"= {chats}" if side.bot.name == "house" else "",
        )
    ]


async def _heard(driver: Driver, chats: list[Chat], count: int, patience: float = 15.0) -> None:
    """Until each chat has received `count` messages, or patience ends."""
    trace = {} if driver.trace is None else driver.trace
    await until(lambda: all(len(trace.get(chat.id, ())) >= count for chat in chats), patience)


def _without_secrets(texts: list[str]) -> list[str]:
    """What two people are told alike: their personal links differ."""
    return [re.sub(r"https?://\S+", "<link>", text) for text in texts]


async def paced(side: Side, chats: int, allowed: int) -> list[Figure]:
    """A crowd writes at once to a bot that may send `allowed` messages a second; in the middle the account is closed
    for 3 s, and some have blocked it.
    """
    driver, trouble = side.driver, side.driver.trouble
    trouble.limit = allowed
    driver.api.sent_at.clear()
    driver.api.blocked_at.clear()
    driver.silent()
    crowd = [driver.new_chat() for _ in range(chats)]
    trouble.blocked = {chat.id for chat in crowd[::20]}
    wanted = chats - len(trouble.blocked)
    await _sent(driver, wanted // 2)
    closed_at = now()
    trouble.closed_until = closed_at + 3
    await _sent(driver, wanted)
    missed = sum(1 for chat in crowd if chat.open and chat.id not in trouble.blocked)
    trouble.limit, trouble.blocked = 0, set()
    driver.chats.clear()
    left = sorted(driver.api.sent_at + driver.api.blocked_at)
    return _pace_figures(left, closed_at, driver.api.refused_at, allowed, missed)


async def _sent(driver: Driver, count: int) -> None:
    await until(lambda: len(driver.api.sent_at) >= count, 60 + count / 10)


def _pace_figures(sent: list[float], closed_at: float, refused: list[float], allowed: int, missed: int) -> list[Figure]:
    run = f"house, {allowed}/s allowed"
    stretches = [[at for at in sent if at <= closed_at], [at for at in sent if at > closed_at]]
    full = [count for stretch in stretches for count in _by_second(stretch)]
    window = max(sum(1 for other in sent if at <= other < at + 1) for at in sent)
    own = [at for at in refused if not closed_at <= at <= closed_at + 3.2]
    return [
        Figure(run, "fewest in a full second", min(full), "/s", ">= 27"),
        Figure(run, "most in any second (sliding)", window, "/s", f"<= {allowed}"),
        Figure(run, "refused for going too fast", len(own), "", "= 0"),
        Figure(run, "longest gap after the pause", round(max(b - a for a, b in pairwise(stretches[1])), 2), "s"),
        Figure(run, "missed but the blocked", missed, "", "= 0"),
    ]


def _by_second(sent: list[float]) -> list[int]:
    """How many left in each full second since the first one."""
    counts: dict[int, int] = {}
    for at in sent:
        counts[int(at - sent[0])] = counts.get(int(at - sent[0]), 0) + 1
    return [counts.get(second, 0) for second in range(max(counts, default=0))]
