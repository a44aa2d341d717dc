"""Files in `out`: the last good one or the new one, whatever happens in between."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Never

import pytest
from machine import unmeasured

from feedmaker import files
from feedmaker.model.errors import PublishError

if TYPE_CHECKING:
    from collections.abc import Callable


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(entry.name for entry in folder.iterdir())


@pytest.mark.parametrize("kind", ["link", "dangling link", "folder"])
def test_a_note_follows_no_link(tmp_path, kind):
    """What it leads to is neither read nor written; the note takes the link's place."""
    other, note = tmp_path / "other", tmp_path / ".all.made"
    if kind == "link":
        other.write_text("not to be read")
    if kind == "folder":
        note.mkdir()
    else:
        note.symlink_to(other)
    assert files.read_note(note) == ""
    if kind == "folder":
        with pytest.raises(PublishError, match="remove the folder"):
            files.write_note(note, "made", {})
        return
    files.write_note(note, "made", {})
    assert files.read_note(note) == "made"
    assert not note.is_symlink()
    assert note.stat().st_mode & 0o777 == 0o644
    if kind == "link":
        assert other.read_text() == "not to be read"
    else:
        assert not other.exists()


def test_a_note_that_is_a_pipe_keeps_nobody_waiting(tmp_path):
    """A FIFO in its place would be waited for till the end of days."""
    note = tmp_path / ".all.made"
    os.mkfifo(note)
    assert files.read_note(note) == ""


def test_a_file_is_made_with_its_folders(tmp_path):
    """A first write makes the folders and says that it wrote; nothing else is left in them."""
    path = tmp_path / "out" / "news" / "sport.atom.xml"
    assert files.write_file(path, b"<feed/>")
    assert path.read_bytes() == b"<feed/>"
    assert names(path.parent) == ["sport.atom.xml"]


def test_the_same_bytes_leave_the_file_untouched(tmp_path):
    """A second write of the same bytes writes nothing: same time, same file."""
    path = tmp_path / "feed.xml"
    files.write_file(path, b"one")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    before = path.stat()
    assert not files.write_file(path, b"one")
    after = path.stat()
    assert (after.st_mtime, after.st_ino) == (before.st_mtime, before.st_ino)


@pytest.mark.parametrize("data", [b"two", b"longer", b""])
def test_other_bytes_replace_the_file(tmp_path, data):
    """Bytes of the same length, too, are told apart; who has the old file open reads it to its end."""
    path = tmp_path / "feed.xml"
    files.write_file(path, b"one")
    with path.open("rb") as reader:
        assert files.write_file(path, data)
        assert reader.read() == b"one"
    assert path.read_bytes() == data


@pytest.mark.parametrize("umask", [0o000, 0o002, 0o022, 0o077])
def test_what_is_published_may_be_read_by_all_and_written_by_its_owner_whatever_the_umask(
    tmp_path, umask
):
    """A web server of another user can enter the folders and read the files; nobody else can write
    them.
    """
    file, note = tmp_path / "out" / "news" / "feed.xml", tmp_path / "out" / "news" / ".feed.made"
    before = os.umask(umask)
    try:
        files.write_file(file, b"one")
        files.write_note(note, "made so", {file: b"one"})
    finally:
        os.umask(before)
    modes = [
        stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out", file.parent, file, note)
    ]
    assert modes == [0o755, 0o755, 0o644, 0o644]


def test_a_folder_that_is_there_keeps_its_mode_and_hands_down_its_group(tmp_path):
    """An operator may have made `out` for a group; what is made in it is the group's, too."""
    out = tmp_path / "out"
    out.mkdir()
    out.chmod(0o2770)
    files.write_file(out / "news" / "feed.xml", b"one")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (out, out / "news")] == [0o2770, 0o2755]


def test_what_a_killed_run_left_is_removed(tmp_path):
    """Temporary files of the same name go with the next write; those of other files and strangers
    stay.
    """
    for name in (".feed.xml.tmp-17", ".other.xml.tmp-17", "feed.xml.tmp-17"):
        (tmp_path / name).write_bytes(b"<half")
    files.write_file(tmp_path / "feed.xml", b"one")
    assert names(tmp_path) == [".other.xml.tmp-17", "feed.xml", "feed.xml.tmp-17"]


def test_two_runs_on_one_folder_leave_each_other_s_temporary_files_alone(tmp_path):
    """Both write the same file again and again, and neither ever fails; nothing but the file is
    left.
    """
    code = (
        "import sys\nfrom pathlib import Path\nfrom feedmaker import files\n"
        "for number in range(300):\n"
        "    files.write_file(Path(sys.argv[1]), f'{sys.argv[2]}{number} '.encode() * 20_000)\n"
    )
    path = tmp_path / "feed.xml"
    runs = [
        subprocess.Popen([sys.executable, "-c", code, str(path), name], stderr=subprocess.PIPE)
        for name in "ab"
    ]
    assert [run.communicate()[1] for run in runs] == [b"", b""]
    assert [run.returncode for run in runs] == [0, 0]
    assert path.read_bytes() in (b"a299 " * 20_000, b"b299 " * 20_000)
    assert names(tmp_path) == ["feed.xml"]


def refusing(error: int) -> Callable[..., Never]:
    """A system call that fails."""

    def call(*_: object) -> Never:
        raise OSError(error, os.strerror(error))

    return call


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_a_failed_write_keeps_the_last_good_file(tmp_path, monkeypatch, error):
    """When the disk is full the old file stays, no temporary one does, and the message names file
    and reason.
    """
    path = tmp_path / "feed.xml"
    files.write_file(path, b"good")
    monkeypatch.setattr(os, "fsync", refusing(error))
    with pytest.raises(PublishError, match=os.strerror(error)) as raised:
        files.write_file(path, b"new")
    assert str(path) in str(raised.value)
    assert (path.read_bytes(), names(tmp_path)) == (b"good", ["feed.xml"])


def test_a_real_full_disk_keeps_the_last_good_file(tmp_path):
    """A limit on the size of files, set by the kernel, ends the write in the middle; the old file
    stays.
    """
    path = tmp_path / "feed.xml"
    files.write_file(path, b"good")
    script = """
import resource, signal, sys
from pathlib import Path
from feedmaker import files
from feedmaker.model.errors import PublishError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    files.write_file(Path(sys.argv[1]), b"x" * 1_000_000)
except PublishError as error:
    print(error)
"""
    done = run(script, path)
    assert str(path) in done.stdout
    assert os.strerror(errno.EFBIG) in done.stdout
    assert (path.read_bytes(), names(tmp_path)) == (b"good", ["feed.xml"])


def run(script: str, path: Path) -> subprocess.CompletedProcess[str]:
    """Run a script of Python on a path."""
    environment = unmeasured() | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    return subprocess.run(
        [sys.executable, "-c", script, path],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=False,
    )


def test_a_kill_in_the_middle_keeps_the_last_good_file(tmp_path):
    """SIGKILL between the writing and the rename leaves the old file whole; the next write cleans
    up.
    """
    path = tmp_path / "feed.xml"
    files.write_file(path, b"good")
    script = """
import os, signal, sys
from pathlib import Path
from feedmaker import files
os.fsync = lambda descriptor: os.kill(os.getpid(), signal.SIGKILL)
files.write_file(Path(sys.argv[1]), b"new")
"""
    assert run(script, path).returncode == -signal.SIGKILL
    assert path.read_bytes() == b"good"
    assert len(names(tmp_path)) == 2
    assert files.write_file(path, b"new")
    assert names(tmp_path) == ["feed.xml"]


def test_the_bytes_are_on_disk_before_the_name_is(tmp_path, monkeypatch):
    """The file is synced before the rename and the folder after it, so that a power cut finds one
    or the other.
    """
    steps = []
    real_sync, real_replace = os.fsync, Path.replace
    monkeypatch.setattr(
        os,
        "fsync",
        lambda fd: (
            steps.append("folder" if stat.S_ISDIR(os.fstat(fd).st_mode) else "file"),
            real_sync(fd),
        ),
    )
    monkeypatch.setattr(
        Path, "replace", lambda old, new: (steps.append("rename"), real_replace(old, new))
    )
    files.write_file(tmp_path / "feed.xml", b"one")
    assert steps == ["file", "rename", "folder"]


def test_a_file_system_that_cannot_sync_folders_is_good_enough(tmp_path, monkeypatch):
    """Some network file systems answer EINVAL to it; the file is written all the same."""
    real_sync = os.fsync

    def sync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        real_sync(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    assert files.write_file(tmp_path / "feed.xml", b"one")


def test_a_folder_or_file_in_the_way_is_named(tmp_path):
    """What stands in the way is the user's to remove, and is named in one line."""
    (tmp_path / "feed.xml").mkdir()
    (tmp_path / "news").write_bytes(b"")
    for path in (tmp_path / "feed.xml", tmp_path / "news" / "feed.xml"):
        with pytest.raises(PublishError, match="remove the f") as raised:
            files.write_file(path, b"one")
        assert str(path) in str(raised.value)
        assert "\n" not in str(raised.value)


@pytest.mark.parametrize("error", [errno.EACCES, errno.EROFS])
def test_a_folder_one_may_not_write_to_is_named(tmp_path, monkeypatch, error):
    """A folder that belongs to someone else, or is read-only, gives a message that says what to do."""
    monkeypatch.setattr(os, "open", refusing(error))
    with pytest.raises(PublishError, match="--out") as raised:
        files.write_file(tmp_path / "feed.xml", b"one")
    assert os.strerror(error) in str(raised.value)


def test_a_note_tells_what_files_were_made_with(tmp_path):
    """It is there once they are; none, or a broken one, says nothing."""
    file, note = tmp_path / "a.xml", tmp_path / ".a.made"
    assert files.read_note(note) == ""
    files.write_file(file, b"one")
    files.write_note(note, "made so", {file: b"one"})
    assert files.read_note(note) == "made so"
    note.write_bytes(b"\xff")
    assert files.read_note(note) == ""


def test_files_that_another_program_wrote_meanwhile_get_no_note(tmp_path):
    """Two that publish to one folder: the slower one's older files are made again by whoever comes
    next.
    """
    file, note = tmp_path / "a.xml", tmp_path / ".a.made"
    files.write_file(file, b"newer")
    files.write_file(file, b"older")
    files.write_note(note, "newer", {file: b"newer"})
    assert files.read_note(note) == ""
