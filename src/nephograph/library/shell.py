"""Commands of a shell script as checks of builds see them: their words, and what is piped into what.

This is no shell: nothing is expanded. Quotes, comments, pipes and the words that join commands are understood, and that
a command may stand behind `sudo`, an assignment or a keyword.
"""

from __future__ import annotations

import functools

import msgspec

MAX_TEXT = 65_536
"""Characters of a script that are looked at."""

_KEYWORDS = ("if", "then", "else", "elif", "do", "while", "until", "!")
_WRAPPERS = ("time", "exec", "command", "nice", "nohup", "env", "eatmydata")
_BEFORE = frozenset((*_KEYWORDS, *_WRAPPERS))
_JOINS = "&|;\n(){}`"


class Command(msgspec.Struct, frozen=True):
    """One simple command: its words without quotes. `piped`: what it prints is read by the next one."""

    words: tuple[str, ...]
    piped: bool = False

    @property
    def bare(self) -> tuple[str, ...]:
        """The words from the command's name on, without what stands before it (assignments, keywords, sudo)."""
        words = list(self.words)
        while words and (words[0] in _BEFORE or _assigns(words[0])):
            words.pop(0)
        if words and words[0] == "sudo":
            words.pop(0)
            while words and (words[0].startswith("-") or _assigns(words[0])):
                words.pop(0)
        return tuple(words)

    @property
    def name(self) -> str:
        """The command, without its folder; "" where nothing is left."""
        bare = self.bare
        return bare[0].rpartition("/")[2] if bare else ""

    @property
    def options(self) -> frozenset[str]:
        """The words that begin with a dash; short ones one by one (`-fsS` is -f, -s and -S) and as they stand."""
        found: set[str] = set()
        for word in self.bare[1:]:
            if word.startswith("--"):
                found.add(word.partition("=")[0])
            elif word.startswith("-") and len(word) > 1:
                found |= {word, *(f"-{char}" for char in word[1:])}
        return frozenset(found)

    @property
    def arguments(self) -> tuple[str, ...]:
        """The words behind the name that are no options."""
        return tuple(word for word in self.bare[1:] if not word.startswith("-"))


def _assigns(word: str) -> bool:
    name, sign, _ = word.partition("=")
    return bool(sign) and name.isidentifier()


@functools.lru_cache(maxsize=512)
def commands(script: str) -> tuple[Command, ...]:
    """The simple commands of a script in their order."""
    found: list[Command] = []
    words: list[str] = []
    word: list[str] | None = None
    quote, at, script = "", 0, script[:MAX_TEXT]

    def end_word() -> None:
        nonlocal word
        if word is not None:
            words.append("".join(word))
            word = None

    def end_command(piped: bool = False) -> None:
        end_word()
        if words:
            found.append(Command(tuple(words), piped))
            words.clear()

    while at < len(script):
        char = script[at]
        if quote:
            if char == quote:
                quote = ""
            elif char == "\\" and quote == '"' and at + 1 < len(script):
                at += 1
                (word := word or []).append(script[at])
            else:
                (word := word if word is not None else []).append(char)
        elif char in "\"'":
            quote = char
            word = word if word is not None else []
        elif char == "\\" and at + 1 < len(script):
            at += 1
            if script[at] != "\n":
                (word := word if word is not None else []).append(script[at])
        elif char == "#" and word is None:
            end = script.find("\n", at)
            at = len(script) if end < 0 else end
            continue
        elif script.startswith("${", at):
            end = script.find("}", at)
            end = len(script) - 1 if end < 0 else end
            (word := word if word is not None else []).append(script[at : end + 1])
            at = end
        elif char == "&" and word is not None and word[-1:] in ([">"], ["<"]):
            word.append(char)
        elif char == "&" and script.startswith("&>", at):
            end_word()
            word = ["&"]
        elif char in _JOINS:
            end_command(piped=char == "|" and not script.startswith("||", at))
            at += script[at : at + 2] in ("&&", "||", "|&", ";;")
        elif char in " \t\r":
            end_word()
        else:
            (word := word if word is not None else []).append(char)
        at += 1
    end_command()
    return tuple(found)
