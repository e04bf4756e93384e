"""The young people of the sample, read from sample.txt: what each wrote, how long ago, and what the team did since."""

from dataclasses import dataclass, replace
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Someone:
    """`words` are their messages in order. `adviser` is the place in the agency's team; the rest is what it did."""

    agency: str
    name: str
    minutes_ago: int
    words: tuple[str, ...]
    adviser: int = 0
    referent: bool = False
    floor: bool = False
    done: bool = False
    answer: str = ""


def people() -> list[Someone]:
    """Everybody, in the order of the file."""
    found: list[Someone] = []
    for line in files("bot.entrance").joinpath("sample.txt").read_text("utf-8").splitlines():
        if line.startswith(">"):
            found[-1] = replace(found[-1], answer=line[1:].strip())
        elif line and not line.startswith("#"):
            found.append(_read(line))
    return found


def _read(line: str) -> Someone:
    agency, name, ago, did, said = (part.strip() for part in line.split("|"))
    team, words = set(did.split()), tuple(word.strip() for word in said.split(" / "))
    referent, floor, done = ("referent" in team, "floor" in team, "done" in team)
    return Someone(agency, name, int(ago), words, int("1" in team), referent, floor, done)
