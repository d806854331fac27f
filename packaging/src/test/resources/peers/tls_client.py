# PyNUT over an encrypted connection, which it knows nothing of: PORT AUTHORITY. One line of result for each call.
import ssl, sys, types, warnings

warnings.simplefilter("ignore")
try:
    from PyNUT import PyNUTClient, PyNUTError
except ImportError as e:
    print("SKIP:", e)
    sys.exit(0)


def whole_records(self):
    """Reads as much as a record may have: what stays in a record that was begun would not be waited for."""
    got = self.sock.recv(1 << 16)
    self.eof = not got
    self.rawq = self.rawq[self.irawq :] + got
    self.irawq = 0


client = PyNUTClient(host="127.0.0.1", port=int(sys.argv[1]))
line = client._PyNUTClient__srv_handler
line.write(b"STARTTLS\n")
print(line.read_until(b"\n", 10).decode().strip())
context = ssl.create_default_context(cafile=sys.argv[2])
line.sock = context.wrap_socket(line.sock, server_hostname="localhost")
line.fill_rawq = types.MethodType(whole_records, line)
print(line.sock.version())
print("list:", ", ".join(sorted(name.decode() for name in client.GetUPSList())))
print("status:", client.GetUPSVars("UPS2")[b"ups.status"].decode())
print("switched by:", ", ".join(name.decode() for name in client.GetUPSCommands("UPS2") if name.startswith(b"load")))
try:
    client.SetRWVar("UPS2", "ups.status", "OL")
except PyNUTError as e:
    print("set:", e.args[0].decode().strip())
