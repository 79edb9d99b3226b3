# SPDX-License-Identifier: Apache-2.0
"""For test_slurm.py: a Slurm cluster of one node, this machine, with all its files in one folder, and gone afterwards."""

import os
import shutil
import socket
import subprocess
import time

CONFIG = """\
ClusterName=umb
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller_port}
SlurmdPort={node_port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CryptoType=crypto/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SchedulerType=sched/builtin
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
MailProg=/bin/true
ReturnToService=2
KillWait=5
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} State=UNKNOWN
PartitionName=all Nodes={host} Default=YES MaxTime=60 State=UP
"""


def free_ports(count):
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


class Cluster:
    """munged, slurmctld and slurmd in the foreground, as our children. `leave` ends what runs in jobs, then them."""

    def __init__(self, folder):
        self.folder, self._daemons = str(folder), []
        ports = free_ports(2)
        for name in ("state", "spool"):
            os.mkdir(f"{folder}/{name}")
        with open(f"{folder}/slurm.conf", "w", encoding="utf-8") as file:
            file.write(CONFIG.format(host=socket.gethostname().split(".")[0], controller_port=ports[0], node_port=ports[1],
                                     folder=folder, user="root", cpus=os.cpu_count()))
        self.env = {**os.environ, "SLURM_CONF": f"{folder}/slurm.conf"}

    def enter(self):
        key = f"{self.folder}/munge.key"
        with open(key, "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(os.urandom(128))
        files = [f"--{name}={self.folder}/munge.{ending}" for name, ending in
                 (("socket", "socket"), ("pid-file", "pid"), ("log-file", "log"), ("seed-file", "seed"))]
        self._start("munged", "--foreground", f"--key-file={key}", *files)
        self._until(lambda: os.path.exists(f"{self.folder}/munge.socket"), 20, "munged")
        self._start("slurmctld", "-D", "-f", f"{self.folder}/slurm.conf")
        self._start("slurmd", "-D", "-f", f"{self.folder}/slurm.conf")
        self._until(lambda: "idle" in self.ask("sinfo", "-h", "-o", "%T", check=False), 60, "the node")

    def leave(self):
        if len(self._daemons) == 3 and self._daemons[1].poll() is None:
            self.ask("scancel", "--user=root", check=False)
            try:
                self.until_idle(30)
            except AssertionError:
                pass  # the daemons go in any case, and the tests look for what is left
        for daemon in reversed(self._daemons):
            daemon.terminate()
            try:
                daemon.wait(timeout=20)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        self._daemons = []

    def ask(self, *words, check=True, timeout=60, env=None, cwd=None):
        done = subprocess.run([*map(str, words)], env={**self.env, **(env or {})}, cwd=cwd, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=timeout, check=False)
        assert not check or done.returncode == 0, done
        return done.stdout

    def until_idle(self, seconds):
        self._until(lambda: self.ask("squeue", "-h") == "", seconds, "the end of the jobs")

    def _start(self, name, *words):
        log = open(f"{self.folder}/{name}.log", "w", encoding="utf-8")  # pylint: disable=consider-using-with
        with log:
            program = shutil.which(name, path="/usr/sbin:/usr/bin")
            self._daemons.append(subprocess.Popen([program, *words], env=self.env, stdin=subprocess.DEVNULL, stdout=log,
                                                  stderr=log))

    def _until(self, done, seconds, what):
        deadline = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < deadline, f"no {what} after {seconds} s; {self._last_words()}"
            time.sleep(0.3)

    def _last_words(self):
        said = {}
        for name in ("munged", "slurmctld", "slurmd"):
            try:
                with open(f"{self.folder}/{name}.log", encoding="utf-8") as file:
                    said[name] = file.read()[-1000:]
            except FileNotFoundError:
                pass
        return said
