# What a Python program does with NUT: every call of PyNUT, one line of result each.
import sys

try:
    import PyNUT
except ImportError as e:
    print("SKIP: %s" % e)
    sys.exit(0)

port = int(sys.argv[1])


def show(name, call):
    try:
        result = call()
        if isinstance(result, dict):
            result = "; ".join(
                "%s=%s" % (k.decode(), v.decode() if isinstance(v, bytes) else v) for k, v in sorted(result.items())
            )
        elif isinstance(result, bytes):
            result = result.decode().strip()
        print("%s: %s" % (name, result))
    except PyNUT.PyNUTError as e:
        what = e.args[0] if e.args else ""
        what = what[0] if isinstance(what, tuple) else what
        print("%s: PyNUTError %s" % (name, what.decode().strip() if isinstance(what, bytes) else what))


anonymous = PyNUT.PyNUTClient("127.0.0.1", port)
show("list", anonymous.GetUPSList)
show("vars of UPS2", lambda: anonymous.GetUPSVars("UPS2")[b"outlet.count"])
show("vars of nobody", lambda: anonymous.GetUPSVars("nobody"))
show("commands", lambda: [c for c in anonymous.GetUPSCommands("UPS2") if c == b"load.off"][0])
show("rw", lambda: anonymous.GetRWVars("UPS2")[b"ups.status"])
show("set anonymously", lambda: anonymous.SetRWVar("UPS2", "ups.status", "OL"))
show("command anonymously", lambda: anonymous.RunUPSCommand("UPS2", "load.off"))
show("help", lambda: " ".join(anonymous.help().decode().split()[:3]))
show("version", lambda: " ".join(anonymous.ver().decode().split()[:4]))

wrong = PyNUT.PyNUTClient("127.0.0.1", port, login="admin", password="wrong")
show("list with wrong password", lambda: len(wrong.GetUPSList()))
show("set with wrong password", lambda: wrong.SetRWVar("UPS2", "ups.status", "OL"))
show("command with wrong password", lambda: wrong.RunUPSCommand("UPS2", "load.off"))
show("FSD with wrong password", lambda: wrong.FSD("UPS1"))

admin = PyNUT.PyNUTClient("127.0.0.1", port, login="admin", password="mypass")
show("set", lambda: admin.SetRWVar("UPS2", "ups.status", '"OL BOOST"'))
show("set unknown", lambda: admin.SetRWVar("UPS2", "no.such.variable", "1"))
show("command", lambda: admin.RunUPSCommand("UPS2", "load.off"))
show("unknown command", lambda: admin.RunUPSCommand("UPS2", "no.such.command"))

primary = PyNUT.PyNUTClient("127.0.0.1", port, login="dummy-admin", password="P@ssW0rdAdm")
show("FSD", lambda: primary.FSD("UPS1"))
show("status after FSD", lambda: anonymous.GetUPSVars("UPS1")[b"ups.status"])
# Ends here without a LOGOUT that anybody would wait for.
