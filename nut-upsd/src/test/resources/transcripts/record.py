#!/usr/bin/env python3
"""Records the transcripts beside this script from a C upsd (Debian's 2.8.0: apt-get install nut-server).

A scripted driver serves the lines of driver.lines; upsd has a second device, plain, whose driver never comes. Each file
in requests/ is sent line by line over a connection of its own, to a upsd of its own. In a transcript `> ` is what the
client sends, `< ` what it gets, `! ` what upsd sends to the driver because of it. Ids are written as <id>.

usage: record.py [UPSD]
"""
import os, re, socket, subprocess, sys, tempfile, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
UPSD = sys.argv[1] if len(sys.argv) > 1 else "/lib/nut/upsd"
ID = re.compile(r"\b[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\b")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Driver(threading.Thread):
    def __init__(self, path):
        super().__init__(daemon=True)
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(path)
        self.server.listen(4)
        self.heard = []
        self.dumped = threading.Event()
        self.start()

    def run(self):
        peer, _ = self.server.accept()
        for line in peer.makefile("r", encoding="latin1"):
            line = line.rstrip("\n")
            if line == "DUMPALL":
                with open(os.path.join(HERE, "driver.lines"), "rb") as f:
                    peer.sendall(f.read())
                self.dumped.set()
            elif line == "PING":
                peer.sendall(b"PONG\n")
            else:
                self.heard.append(line)


def record(name):
    with tempfile.TemporaryDirectory() as work:
        port = free_port()
        with open(os.path.join(work, "upsd.conf"), "w") as f:
            f.write(f"LISTEN 127.0.0.1 {port}\nSTATEPATH {work}\n")
        with open(os.path.join(work, "ups.conf"), "w") as f:
            f.write('[dummy]\n driver = scripted\n port = x\n desc = "A \\"test\\" device"\n[plain]\n driver = scripted\n port = y\n')
        with open(os.path.join(HERE, "users.conf")) as f, open(os.path.join(work, "upsd.users"), "w") as g:
            g.write(f.read())
        for f in os.listdir(work):
            os.chmod(os.path.join(work, f), 0o640)
        driver = Driver(os.path.join(work, "scripted-dummy"))
        env = dict(os.environ, NUT_CONFPATH=work, NUT_STATEPATH=work, NUT_ALTPIDPATH=work)
        upsd = subprocess.Popen([UPSD, "-u", "root", "-F"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            driver.dumped.wait(10)
            time.sleep(0.3)
            client = socket.create_connection(("127.0.0.1", port), timeout=5)
            reader = client.makefile("r", encoding="latin1", newline="\n")
            out = []
            with open(os.path.join(HERE, "requests", name), newline="\n") as f:
                requests = f.read().split("\n")[:-1]
            for request in requests:
                out.append("> " + request)
                before = len(driver.heard)
                client.sendall((request + "\n").encode("latin1"))
                if request.count('"') % 2 and not request.startswith('"'):
                    continue
                while True:
                    line = reader.readline()
                    if not line:
                        out.append("< (closed)")
                        break
                    line = line.rstrip("\n")
                    out.append("< " + ID.sub("<id>", line))
                    if line.startswith("BEGIN LIST"):
                        end = "END" + line[5:]
                        while line != end:
                            line = reader.readline().rstrip("\n")
                            out.append("< " + ID.sub("<id>", line))
                    break
                if request.upper().startswith(("SET VAR", "INSTCMD")) and out[-1].startswith("< OK"):
                    deadline = time.time() + 3
                    while len(driver.heard) == before and time.time() < deadline:
                        time.sleep(0.01)
                for line in driver.heard[before:]:
                    out.append("! " + ID.sub("<id>", line))
            with open(os.path.join(HERE, name + ".txt"), "w") as f:
                f.write("\n".join(out) + "\n")
        finally:
            upsd.terminate()
            upsd.wait(10)


for name in sorted(os.listdir(os.path.join(HERE, "requests"))):
    record(name)
    print(name)
