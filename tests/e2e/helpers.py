# SPDX-License-Identifier: Apache-2.0
"""For the end-to-end tests: how to run the program, and what a test needs of the machine."""

import os
import shutil
import signal
import subprocess
import tempfile

import pytest

from machine_state import difference, machine_state, settled_difference  # noqa: F401 (tests import them from here)

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.abspath(os.environ.get("UMOUNTBENCH", os.path.join(TOP, "build/dev/src/umountbench")))
BUILD = os.path.dirname(os.path.dirname(PROGRAM))


def _environment(changes):
    """Ours without what changes the program's ways: sudo's caller, colours, the locale."""
    dropped = ("SUDO_USER", "SUDO_UID", "SUDO_GID", "SUDO_COMMAND", "NO_COLOR", "LC_ALL")
    environment = {name: value for name, value in os.environ.items() if name not in dropped}
    environment.update(changes or {})
    return environment


def umountbench(*arguments, timeout=60, env=None, cwd=None, prefix=(), program=PROGRAM):
    """Runs the program to its end; `env` is added to the environment, `prefix` stands before the program. The limit is for
    what hangs: a machine that stands still for some seconds is none of ours."""
    return subprocess.run([*prefix, program, *map(str, arguments)], timeout=max(timeout, 300), env=_environment(env), cwd=cwd,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def _default_signals():
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def start_umountbench(*arguments, env=None, cwd=None, prefix=(), program=PROGRAM, **options):
    """The same, started: for tests that send signals. The caller waits for it, or kills it by its pid; a `prefix` must
    become it by exec."""
    # Under nohup or in the background of a shell the tests themselves may have been left without one.
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "preexec_fn": _default_signals, **options}
    return subprocess.Popen([*prefix, program, *map(str, arguments)], env=_environment(env), cwd=cwd, stdin=subprocess.DEVNULL,
                            text=True, **options)


# A user without privilege: ourselves, or nobody when we are root.
UNPRIVILEGED = () if os.geteuid() else ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--")


def userns_refusal():
    """Why an unprivileged user can't make a user namespace here, or ""."""
    tried = subprocess.run([*UNPRIVILEGED, "unshare", "--user", "--map-root-user", "--mount", "true"], cwd="/",
                           stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, check=False)
    return "" if tried.returncode == 0 else f"no unprivileged user namespaces here: {tried.stderr.strip()}"


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
needs_userns = pytest.mark.skipif(bool(userns_refusal()), reason=userns_refusal() or "has user namespaces")


def needs_program(*names):
    missing = [name for name in names if not shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


def public_folder(mode=0o755):
    """A new folder that every user can enter (pytest's tmp_path is the caller's alone). The caller removes it."""
    folder = tempfile.mkdtemp(prefix="umb-e2e-")
    os.chmod(folder, mode)
    return folder


def install(prefix):
    """cmake --install of the build that the program under test comes from."""
    return subprocess.run(["cmake", "--install", BUILD, "--prefix", prefix], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=300, check=False)

