# Speaks STARTTLS with a server as PyNUT's module for encrypted connections does: PORT AUTHORITY.
import socket, ssl, sys

plain = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
plain.sendall(b"STARTTLS\n")
print(plain.recv(100).decode().strip())
context = ssl.create_default_context(cafile=sys.argv[2])
line = context.wrap_socket(plain, server_hostname="127.0.0.1")
print(line.version())
file = line.makefile("rwb")
for request in ("PROTVER", "GET VAR UPS2 ups.status", "STARTTLS", "LOGOUT"):
    file.write((request + "\n").encode())
    file.flush()
    print(file.readline().decode().strip())
