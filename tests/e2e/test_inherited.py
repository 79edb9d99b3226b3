# SPDX-License-Identifier: Apache-2.0
"""What a run finds from whoever started it: ignored signals, closed descriptors."""

import signal

from helpers import needs_program, needs_root, start_umountbench, umountbench
from real_runs import ENDLESS, case_of, counted, has_samples, journal_of, load, quick, wait_until

pytestmark = [needs_root, needs_program("env")]


@needs_program("mkfs.ext4")
def test_with_sigchld_ignored_programs_are_waited_for_all_the_same(tmp_path):
    result = tmp_path / "result.json"
    done = umountbench("run", *quick("^umount/fs=(tmpfs/mode=plain/method=exec|ext4/mode=plain/method=syscall)/"),
                       "-o", result, prefix=("env", "--ignore-signal=CHLD"))
    assert done.returncode == 0, done
    assert counted(case_of(load(result), "method=exec"))
    assert counted(case_of(load(result), "fs=ext4"))


def test_with_stdin_and_stderr_closed_nothing_else_gets_their_numbers(tmp_path):
    result = tmp_path / "result.json"
    done = umountbench("run", *quick(), "-o", result, prefix=("sh", "-c", 'exec "$@" 0<&- 2>&-', "sh"))
    assert done.returncode == 0, done
    assert counted(load(result)["cases"][0])


def test_with_stdout_closed_the_result_is_kept_and_the_table_missed(tmp_path):
    result = tmp_path / "result.json"
    done = umountbench("run", *quick(), "-o", result, prefix=("sh", "-c", 'exec "$@" 0<&- 1>&-', "sh"))
    assert done.returncode == 3, done
    assert "cannot write 'stdout': Bad file descriptor" in done.stderr
    assert counted(load(result)["cases"][0])


def test_under_nohup_a_hangup_is_not_the_end(tmp_path):
    result = tmp_path / "result.json"
    run = start_umountbench("run", *ENDLESS, "-o", result,
                            preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    try:
        assert wait_until(lambda: has_samples(result) or run.poll() is not None)
        run.send_signal(signal.SIGHUP)
        with open(journal_of(result), "rb") as journal:
            journal.read()
            assert wait_until(lambda: journal.read(1) != b""), "it goes on measuring"
        run.send_signal(signal.SIGINT)
        _, talk = run.communicate(timeout=10)
        assert run.returncode == 130, talk
    finally:
        if run.poll() is None:
            run.kill()
        run.communicate(timeout=30)
