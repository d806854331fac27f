#!/usr/bin/env python3
"""Records what C's dummy-ups answers, as transcripts for DummyTranscriptTest.

For each transcripts/*.in a fresh driver plays office.dev, gets the lines one by one, and what it sends until it has
been silent for a moment is written down: `> ` what was sent, `< ` what came. Needs Debian's nut-server.

    record-dummy.py [path to dummy-ups]
"""
import glob, os, socket, subprocess, sys, tempfile, time

DRIVER = sys.argv[1] if len(sys.argv) > 1 else "/lib/nut/dummy-ups"
WHERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "transcripts")


def answer(connection):
    data = b""
    while True:
        try:
            more = connection.recv(65536)
        except socket.timeout:
            return data.decode("latin-1")
        if not more:
            return data.decode("latin-1")
        data += more


def record(script):
    with tempfile.TemporaryDirectory() as state:
        os.chmod(state, 0o777)
        env = dict(os.environ, NUT_STATEPATH=state, NUT_ALTPIDPATH=state, NUT_CONFPATH=os.path.abspath(WHERE))
        command = [DRIVER, "-u", os.environ.get("USER", "root"), "-s", "t", "-x", "port=office.dev", "-i", "3600", "-F"]
        driver = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            name = os.path.join(state, "dummy-ups-t")
            while not os.path.exists(name):
                time.sleep(0.1)
            time.sleep(1.5)  # its first poll sleeps a second
            connection = socket.socket(socket.AF_UNIX)
            connection.connect(name)
            connection.settimeout(0.3)
            lines = []
            with open(script) as requests:
                for request in requests.read().splitlines():
                    connection.sendall(request.encode("latin-1") + b"\n")
                    lines.append("> " + request)
                    lines += ["< " + line for line in answer(connection).splitlines()]
            return "\n".join(lines) + "\n"
        finally:
            driver.terminate()
            driver.wait()


for script in sorted(glob.glob(os.path.join(WHERE, "*.in"))):
    with open(script[:-3] + ".txt", "w") as out:
        out.write(record(script))
    print(script[:-3] + ".txt")
