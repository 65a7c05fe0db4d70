"""A mount or network namespace of the drill's own, so that nothing else on the machine notices."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class NotPermitted(Exception):
    """This machine does not let us do that; the message says what it said."""


@dataclass(frozen=True)
class Namespace:
    """A namespace held open by a process that does nothing."""

    holder: int
    kind: str

    @property
    def before(self) -> tuple[str, ...]:
        """What precedes a command that is to run inside."""
        user = () if os.geteuid() == 0 else ("-U", "--preserve-credentials")
        return ("nsenter", "-t", str(self.holder), *user, f"-{self.kind}", "--")

    def seen(self, path: Path) -> Path:
        """A path inside, as it is reached from outside."""
        return Path(f"/proc/{self.holder}/root{path}")

    def do(self, *command: str) -> None:
        """Run a short command inside."""
        done = subprocess.run(
            [*self.before, *command], capture_output=True, text=True, check=False, timeout=30
        )
        if done.returncode:
            raise NotPermitted(f"{' '.join(command)}: {done.stderr.strip()}")


@contextmanager
def namespace(kind: str) -> Iterator[Namespace]:
    """A new namespace: `m` for mounts, `n` for the network."""
    if shutil.which("unshare") is None or shutil.which("nsenter") is None:
        raise NotPermitted("unshare and nsenter are not installed")
    user = [] if os.geteuid() == 0 else ["-r"]
    holder = subprocess.Popen(
        ["unshare", *user, f"-{kind}", "sh", "-c", "echo ready; cat >/dev/null"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stderr is not None
    try:
        if holder.stdout.readline() != "ready\n":
            raise NotPermitted(f"unshare -{kind}: {holder.stderr.read().strip()}")
        yield Namespace(holder.pid, kind)
    finally:
        holder.stdin.close()
        holder.wait(10)
        holder.stdout.close()
        holder.stderr.close()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Namespace]:
    """A namespace in which `folder` is a disk of this size."""
    with namespace("m") as inside:
        folder.mkdir(parents=True, exist_ok=True)
        inside.do("mount", "-t", "tmpfs", "-o", f"size={megabytes}M", "none", str(folder))
        yield inside
