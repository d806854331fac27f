#!/usr/bin/env python3
"""Records what C's upsc, upscmd and upsrw and a C upsd say to each other, into ../resources/transcripts.

Needs Debian's packages nut-server and nut-client. A small driver is played by this script, so that there are variables
of every kind. Each file has the command line ($), requests (>), replies (<), standard output (|), the first line of
standard error (!) and the exit code (=). The files are replayed by TranscriptsTest and are not edited by hand.
"""

import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE.parent / "resources" / "transcripts"
UPSD = shutil.which("upsd", path="/lib/nut:/usr/lib/nut:/usr/libexec/nut")

DUMP = r"""
SETINFO device.mfr "Acme"
SETINFO ups.status "OL CHRG"
SETINFO ups.empty ""
SETINFO ups.id "rack \"A\" \\ 1 \# 2"
SETFLAGS ups.id RW STRING
SETAUX ups.id 32
SETINFO battery.charge "90"
SETINFO battery.charge.low "20"
SETFLAGS battery.charge.low RW NUMBER
SETINFO battery.date "2024/05/06"
SETFLAGS battery.date RW STRING
SETAUX battery.date 10
SETINFO input.sensitivity "medium"
SETFLAGS input.sensitivity RW STRING
SETAUX input.sensitivity 8
ADDENUM input.sensitivity "low"
ADDENUM input.sensitivity "medium"
ADDENUM input.sensitivity "high"
SETINFO input.transfer.low "176"
SETFLAGS input.transfer.low RW
ADDRANGE input.transfer.low 160 180
ADDRANGE input.transfer.low 200 210
SETINFO outlet.1.switchable "yes"
SETFLAGS outlet.1.switchable RW NUMBER
ADDENUM outlet.1.switchable "yes"
ADDENUM outlet.1.switchable "no"
ADDCMD load.off
ADDCMD test.battery.start
ADDCMD x.unheard.of
DUMPDONE
""".lstrip()

CASES = {
    "upsc-list": "upsc dummy@HOST",
    "upsc-variable": "upsc dummy@HOST ups.id",
    "upsc-empty-variable": "upsc dummy@HOST ups.empty",
    "upsc-server-variable": "upsc dummy@HOST server.info",
    "upsc-unknown-variable": "upsc dummy@HOST no.such",
    "upsc-old-variable": "upsc dummy@HOST charge",
    "upsc-upses": "upsc -l HOST",
    "upsc-descriptions": "upsc -L HOST",
    "upsc-clients": "upsc -c dummy@HOST",
    "upsc-clients-unknown": "upsc -c nosuch@HOST",
    "upsc-unknown-ups": "upsc nosuch@HOST",
    "upsc-no-driver": "upsc absent@HOST",
    "upsc-no-driver-variable": "upsc absent@HOST ups.status",
    "upscmd-list": "upscmd -l dummy@HOST",
    "upscmd-list-no-driver": "upscmd -l absent@HOST",
    "upscmd-ok": "upscmd -u admin -p secret dummy@HOST load.off",
    "upscmd-tracked": "upscmd -w -u admin -p secret dummy@HOST load.off 10",
    "upscmd-tracked-failed": "upscmd -w -u admin -p secret dummy@HOST test.battery.start",
    "upscmd-unknown": "upscmd -u admin -p secret dummy@HOST no.such",
    "upscmd-wrong-password": "upscmd -u admin -p wrong dummy@HOST load.off",
    "upscmd-not-allowed": "upscmd -u mon -p secret dummy@HOST load.off",
    "upscmd-old-name": "upscmd -u admin -p secret dummy@HOST off",
    "upscmd-empty-password": "upscmd -u admin -p  dummy@HOST load.off",
    "upsrw-list": "upsrw dummy@HOST",
    "upsrw-list-no-driver": "upsrw absent@HOST",
    "upsrw-set": "upsrw -s ups.id=new -u admin -p secret dummy@HOST",
    "upsrw-set-quoted": 'upsrw -s ups.id=a"b\\c#d=e -u admin -p secret dummy@HOST',
    "upsrw-tracked": "upsrw -w -s ups.id=new -u admin -p secret dummy@HOST",
    "upsrw-readonly": "upsrw -s device.mfr=new -u admin -p secret dummy@HOST",
    "upsrw-too-long": "upsrw -s battery.date=12345678901 -u admin -p secret dummy@HOST",
    "upsrw-not-in-enum": "upsrw -s input.sensitivity=none -u admin -p secret dummy@HOST",
    "upsrw-not-in-range": "upsrw -s input.transfer.low=190 -u admin -p secret dummy@HOST",
    "upsrw-unknown": "upsrw -s no.such=1 -u admin -p secret dummy@HOST",
    "upsrw-not-allowed": "upsrw -s ups.id=new -u mon -p secret dummy@HOST",
}


def driver(path):
    """Plays a driver on its socket: dumps the state, answers pings, accepts everything but battery tests."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    os.chmod(path, 0o666)
    listener.listen(5)

    def serve(connection):
        for raw in connection.makefile("rb"):
            line = raw.decode().split()
            if line[0] == "DUMPALL":
                connection.sendall((DUMP + "DATAOK\n").encode())
            elif line[0] == "PING":
                connection.sendall(b"PONG\n")
            elif "TRACKING" in line:
                status = 3 if "test.battery.start" in line else 0
                connection.sendall(f"TRACKING {line[-1]} {status}\n".encode())

    def accept():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()


class Recorder:
    """Passes lines between one client and upsd, and keeps them."""

    def __init__(self, upsd_port):
        self.upsd_port = upsd_port
        self.lines = []
        self.lock = threading.Lock()
        self.connected = threading.Event()
        self.copies = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            upsd = socket.create_connection(("127.0.0.1", self.upsd_port))
            for mark, source, target in ((">", client, upsd), ("<", upsd, client)):
                copy = threading.Thread(target=self.copy, args=(mark, source, target), daemon=True)
                self.copies.append(copy)
                copy.start()
            self.connected.set()

    def finish(self):
        """Waits until both ends have left."""
        if self.connected.wait(1):
            for copy in self.copies:
                copy.join(5)

    def copy(self, mark, source, target):
        try:
            for line in source.makefile("rb"):
                with self.lock:
                    self.lines.append(f"{mark} {line.decode().rstrip(chr(10))}")
                target.sendall(line)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # one end has left, which ends the other direction too


def main():
    if UPSD is None or shutil.which("upsc") is None:
        sys.exit("needs C NUT: apt-get install nut-server nut-client")
    with tempfile.TemporaryDirectory() as tmp:
        os.chmod(tmp, 0o777)
        conf = pathlib.Path(tmp)
        probe = socket.create_server(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        (conf / "ups.conf").write_text(
            '[dummy]\ndriver = played\nport = none\ndesc = "The \\"dummy\\" one"\n'
            "[absent]\ndriver = played\nport = none\n")
        (conf / "upsd.conf").write_text(f"STATEPATH {tmp}\nLISTEN 127.0.0.1 {port}\n")
        (conf / "upsd.users").write_text(
            "[admin]\npassword = secret\nactions = SET\ninstcmds = ALL\n"
            "[mon]\npassword = secret\nupsmon secondary\n")
        for file in conf.iterdir():
            file.chmod(0o644)
        env = dict(os.environ, NUT_CONFPATH=tmp, NUT_STATEPATH=tmp, NUT_ALTPIDPATH=tmp, LC_ALL="C")
        driver(f"{tmp}/played-dummy")
        user = ["-u", "root"] if os.getuid() == 0 else []
        upsd = subprocess.Popen([UPSD, "-F", *user], env=env, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            ready(["upsc", f"dummy@127.0.0.1:{port}", "ups.status"], env)
            login(port)
            shutil.rmtree(OUT, ignore_errors=True)
            OUT.mkdir(parents=True)
            for name, command in CASES.items():
                record(name, command, port, env)
        finally:
            upsd.terminate()
            upsd.wait(10)


def ready(command, env):
    for _ in range(100):
        if subprocess.run(command, env=env, capture_output=True).returncode == 0:
            return
        time.sleep(0.1)
    sys.exit("the C upsd does not serve the played driver")


def login(port):
    """Somebody for LIST CLIENT to show; stays connected until the end."""
    global logged_in
    logged_in = socket.create_connection(("127.0.0.1", port))
    logged_in.sendall(b"USERNAME mon\nPASSWORD secret\nLOGIN dummy\n")
    logged_in.recv(100)


def record(name, command, port, env):
    recorder = Recorder(port)
    address = f"127.0.0.1:{recorder.port}"
    words = [word.replace("HOST", address) for word in command.split(" ")]
    run = subprocess.run(words, env=env, capture_output=True, text=True, timeout=30, stdin=subprocess.DEVNULL)
    errors = [line for line in run.stderr.splitlines() if not line.startswith("Init SSL ")]
    recorder.finish()
    with recorder.lock:
        talk = [line for line in recorder.lines if "STARTTLS" not in line and "ERR FEATURE-NOT" not in line]
    text = ["$ " + command, *talk]
    text += ["| " + line.replace(address, "HOST") for line in run.stdout.splitlines()]
    text += ["! " + errors[0]] if errors else []
    text += [f"= {run.returncode}"]
    (OUT / (name + ".txt")).write_text("\n".join(text) + "\n")


if __name__ == "__main__":
    main()
