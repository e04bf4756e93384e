"""The house rules as functions: from sources (path from the root -> text) to complaints, none when all is well."""

import ast
import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from statistics import median, quantiles

Sources = Mapping[str, str]
Function = ast.FunctionDef | ast.AsyncFunctionDef

MEDIAN_FUNCTION, P90_FUNCTION, LONGEST_FUNCTION = 8, 28, 50
P90_FILE, LONGEST_FILE = 300, 500
MOST_PARAMETERS = 5
# wrong as the name of a thing of ours, but an everyday word inside the name of a function
EVERYDAY = {"agent", "command", "endpoint", "job", "meeting", "operator", "origin", "project", "schedule"}
BROAD_ALLOWED = {"bot/work/loop.py", "bot/handlers/app.py", "admin_api/app.py"}


def functions(sources: Sources) -> Iterator[tuple[str, Function]]:
    """Every function and method, with where it stands."""
    for path, text in sources.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path}:{node.lineno} {node.name}", node


def length(function: Function) -> int:
    """Lines of a function, its docstring left out."""
    first = function.body[0]
    documented = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if documented else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


def long_functions(sources: Sources) -> list[str]:
    """Functions over the longest allowed, and the two figures of the whole when they are over theirs."""
    lengths = {where: length(node) for where, node in functions(sources)}
    found = [f"{where}: {lines} lines" for where, lines in lengths.items() if lines > LONGEST_FUNCTION]
    return found + _figures(list(lengths.values()), MEDIAN_FUNCTION, P90_FUNCTION, "functions")


def long_files(sources: Sources) -> list[str]:
    """Files over the longest allowed, and their 90th percentile when it is over its own limit."""
    lengths = {path: len(text.splitlines()) for path, text in sources.items()}
    found = [f"{path}: {lines} lines" for path, lines in lengths.items() if lines > LONGEST_FILE]
    return found + _figures(list(lengths.values()), P90_FILE, P90_FILE, "files")


def _figures(lengths: list[int], middle: int, p90: int, what: str) -> list[str]:
    found = []
    if median(lengths) > middle:
        found.append(f"{what}: median {median(lengths)} lines")
    if len(lengths) > 1 and quantiles(lengths, n=10, method="inclusive")[8] > p90:
        found.append(f"{what}: 90th percentile over {p90} lines")
    return found


def parameters(function: Function) -> list[ast.arg]:
    """The parameters a caller gives: without self and cls."""
    named = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return [one for one in named if one.arg not in {"self", "cls"}]


def many_parameters(sources: Sources) -> list[str]:
    """Functions that ask for too much."""
    return [where for where, node in functions(sources) if len(parameters(node)) > MOST_PARAMETERS]


def untyped(sources: Sources) -> list[str]:
    """Functions with a parameter or a result that says no type."""
    return [
        where
        for where, node in functions(sources)
        if node.returns is None or any(one.annotation is None for one in parameters(node))
    ]


def broad_excepts(sources: Sources) -> list[str]:
    """Places that catch everything, outside the three files where that is the job."""
    found = []
    for path, text in sources.items():
        for node in ast.walk(ast.parse(text)) if path not in BROAD_ALLOWED else ():
            if isinstance(node, ast.ExceptHandler) and _is_broad(node.type):
                found.append(f"{path}:{node.lineno}")
            if isinstance(node, ast.Call) and _name(node.func) == "suppress" and any(map(_is_broad, node.args)):
                found.append(f"{path}:{node.lineno}")
    return found


def _is_broad(caught: ast.expr | None) -> bool:
    several = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(one is None or _name(one) in {"Exception", "BaseException"} for one in several)


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def cycles(imports: Mapping[str, set[str]]) -> list[str]:
    """One circle of modules that import one another, when there is any."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return [" -> ".join(error.args[1])]
    return []


def wrong_words(sources: Sources, not_words: Mapping[str, str]) -> list[str]:
    """Classes and functions named by a word that the glossary replaces (`not_words`: wrong word -> right one)."""
    found = []
    for path, text in sources.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                spared = set() if isinstance(node, ast.ClassDef) else EVERYDAY
                for wrong in (set(words(node.name)) & set(not_words)) - spared:
                    found.append(f"{path}:{node.lineno} {node.name}: {not_words[wrong]}")
    return found


def words(name: str) -> list[str]:
    """The words of an identifier, and the neighbours joined: `CaseOwnerId` -> case, caseowner, owner, ownerid, id."""
    parts = [part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]
    return [*parts, *(first + second for first, second in pairwise(parts))]


def no_door_plate(sources: Sources) -> list[str]:
    """Packages whose `__init__` does not say what lives there."""
    return [
        path
        for path, text in sources.items()
        if path.endswith("__init__.py") and not ast.get_docstring(ast.parse(text))
    ]


def foreign_imports(sources: Sources, allowed: frozenset[str]) -> list[str]:
    """Imports of anything but the `allowed` top-level names."""
    found = []
    for path, text in sources.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            found += [f"{path}:{node.lineno} {name}" for name in names if name.partition(".")[0] not in allowed]
    return found


ONE_MACHINE = re.compile(r"(?<![\w./~>-])/(?:root|work|workspace|mnt|Users|home/(?!app\b)\w+)/")
INDEX = re.compile(
    r"https?://[\w.-]*(?:p[y]pi|python[h]osted|np[m]js|yarnpkg|artifactory|nexus|jfrog)[\w.-]*|--(?:extra-)?index-url"
)
STATE_DESIGN = re.compile(r"dsfr|\bfr-(?:btn|container|grid|header|card|input)\b|marianne", re.IGNORECASE)


def one_machine(sources: Sources) -> list[str]:
    """Lines that hold a path of one machine, an address of a package index, or a class of the State's design system."""
    found = []
    for path, text in sources.items():
        for number, line in enumerate(text.splitlines(), 1):
            design = STATE_DESIGN.search(line) if path.endswith((".html", ".css", ".js", ".svg")) else None
            if ONE_MACHINE.search(line) or INDEX.search(line) or design:
                found.append(f"{path}:{number} {line.strip()[:80]}")
    return found


def loose_requirements(lock: str) -> list[str]:
    """Requirements of a lock without an exact version or a hash, and lines that name a place."""
    found = [line for line in lock.splitlines() if "://" in line or line.startswith(("--", "-e", "-f", "-i"))]
    for block in re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", lock)):
        head = block.split("\n", 1)[0]
        if head.strip() and not ("==" in head and "--hash=sha256:" in block):
            found.append(head)
    return found


def pins(lock: str) -> set[str]:
    """The exact versions a lock names: `name==version`, and its marker."""
    return {line.removesuffix(" \\") for line in lock.splitlines() if re.match(r"[\w.-]+==", line)}
