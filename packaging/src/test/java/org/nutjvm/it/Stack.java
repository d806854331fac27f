package org.nutjvm.it;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A server and its drivers in a sandbox: what upstream's integration suite sets up, with the parts chosen by [Roles].
final class Stack implements AutoCloseable {
    static final String USERS = """
            [admin]
                password = mypass
                actions = SET
                instcmds = ALL

            [reader]
                password = public
                # No actions nor instcmds allowed

            [tester]
                password = "pass words"
                instcmds = test.battery.start
                instcmds = test.battery.stop

            [dummy-admin-m]
                password = "P@ssW0rdAdm"
                upsmon master

            [dummy-admin]
                password = "P@ssW0rdAdm"
                upsmon primary

            [dummy-user-s]
                password = "P@ssW0rd"
                upsmon slave

            [dummy-user]
                password = "P@ssW0rd"
                upsmon secondary

            # as a Synology station has it
            [monuser]
                password = secret
                upsmon slave
            """;

    /// Mains power goes and comes: two seconds each (the suite takes five).
    static final String DUMMY_SEQ = "ups.status: OB\nTIMER 2\nups.status: OL\nTIMER 2\n";

    static final String EVENTS_SEQ = """
            # a small line-interactive unit
            battery.charge: 90
            battery.charge.low: 30
            battery.runtime: 3690
            battery.voltage: 230.0
            driver.name: usbhid-ups
            driver.parameter.port: auto
            driver.version: 2.2.0
            input.frequency: 49.0
            input.voltage: 230.0
            outlet.1.desc: PowerShare Outlet 1
            outlet.1.switch: 1
            output.current: 0.00
            ups.load: 12
            ups.mfr: MGE UPS SYSTEMS
            ups.model: Evolution 500
            ups.status: OL BOOST
            TIMER 300
            ups.status: OB
            TIMER 300
            """;

    static final String PDU_DEV = """
            # a power distribution unit
            device.mfr: EATON | Powerware
            device.model: DBQ10634/5
            device.serial: ADO6750531
            device.type: pdu
            driver.name: snmp-ups
            outlet.1.current: 0.00
            outlet.1.desc: Outlet 1
            outlet.count: 8
            ups.id: "rack \\"4\\" \\\\ left"
            ups.status: OL BOOST
            """;

    private final Sandbox box = new Sandbox();
    private final Roles roles;
    private final int port = Sandbox.freePort();
    private final Map<String, Proc> drivers = new TreeMap<>();
    private Proc upsd;
    private Duration patience = Await.LONG;

    /// Writes the configuration; nothing runs yet.
    @SuppressWarnings("NullAway.Init") // upsd is there once startUpsd has been called, as every test does
    Stack(Roles roles) {
        this.roles = roles;
        box.write("upsd.conf", listen());
        box.write("upsd.users", USERS);
        box.write("ups.conf", globals() + sections());
        box.write("dummy.seq", DUMMY_SEQ);
        box.write("events.seq", EVENTS_SEQ);
        box.write("pdu.dev", PDU_DEV);
    }

    /// A stack of devices whose `ups.status` is what [#status] says, up and answering.
    ///
    /// @param alsoAt addresses to listen on beside loopback
    static Stack of(Roles roles, List<String> upses, String... alsoAt) {
        var stack = new Stack(roles);
        try {
            var sections = new StringBuilder(stack.globals()).append("pollinterval = 1\n");
            for (var ups : upses) {
                sections.append(
                        "[%1$s]\n  driver = dummy-ups\n  port = %1$s.dev\n  mode = dummy-once\n".formatted(ups));
                stack.box.write(ups + ".dev", "ups.status: OL\nbattery.charge: 100\n");
            }
            stack.box.write("ups.conf", sections.toString());
            var listen = new StringBuilder(stack.listen());
            for (var address : alsoAt) {
                listen.append("LISTEN ")
                        .append(address)
                        .append(' ')
                        .append(stack.port)
                        .append('\n');
            }
            stack.box.write("upsd.conf", listen.toString());
            upses.forEach(stack::startDriver);
            upses.forEach(stack::awaitSocket);
            stack.startUpsd();
            upses.forEach(stack::awaitUps);
            return stack;
        } catch (RuntimeException | Error e) {
            Sandbox.showLogs();
            stack.close();
            throw e;
        }
    }

    /// Changes a device's status, and waits until the server has it.
    void status(String ups, String words) {
        try (var wire = wire().login("admin", "mypass")) {
            Await.value(
                    "SET VAR " + ups + " ups.status \"" + words + "\"",
                    Await.LONG,
                    () -> wire.ask("SET VAR " + ups + " ups.status \"" + words + "\""),
                    "OK"::equals);
        }
        // With FSD before it, where an upsmon was quicker than this.
        Await.value(
                ups + " is " + words,
                Await.LONG,
                () -> ask("GET VAR " + ups + " ups.status"),
                answer -> answer.endsWith(words + '"'));
    }

    /// A whole stack, up and answering for every device.
    static Stack running(Roles roles, String... moreOfUpsdConf) {
        var stack = new Stack(roles);
        try {
            stack.box.write("upsd.conf", stack.listen() + String.join("\n", moreOfUpsdConf) + "\n");
            stack.startDriver("dummy");
            stack.startDriver("UPS1");
            stack.startDriver("UPS2");
            stack.awaitSocket("dummy");
            stack.awaitSocket("UPS1");
            stack.awaitSocket("UPS2");
            stack.startUpsd();
            stack.awaitUps("dummy");
            stack.awaitUps("UPS1");
            stack.awaitUps("UPS2");
            return stack;
        } catch (RuntimeException | Error e) {
            Sandbox.showLogs();
            stack.close();
            throw e;
        }
    }

    /// The overlapping addresses of upstream's suite.
    String listen() {
        return "STATEPATH \"" + box.state() + "\"\nLISTEN localhost " + port + "\nLISTEN 127.0.0.1 " + port
                + "\nLISTEN ::1 " + port + "\n";
    }

    String globals() {
        var driver = roles.driver().find("dummy-ups");
        return "maxretry = 3\nmaxstartdelay = 1\ndriverpath = \""
                + driver.map(file -> String.valueOf(file.getParent())).orElse("/nonexistent") + "\"\n";
    }

    static String sections() {
        return """
               [dummy]
                   driver = dummy-ups
                   desc = "Crash Dummy"
                   port = dummy.seq
                   #mode = dummy-loop
               [UPS1]
                   driver = dummy-ups
                   desc = "Example event sequence"
                   port = events.seq

               [UPS2]
                   driver = dummy-ups
                   desc = "Example ePDU data dump"
                   port = pdu.dev
                   mode = dummy-once
               """;
    }

    /// Lets programs take so long to start.
    void patience(Duration limit) {
        patience = limit;
    }

    Sandbox box() {
        return box;
    }

    Roles roles() {
        return roles;
    }

    int port() {
        return port;
    }

    Proc upsd() {
        return upsd;
    }

    Proc driver(String ups) {
        var proc = drivers.get(ups);
        if (proc == null) {
            throw new IllegalStateException("no driver was started for " + ups);
        }
        return proc;
    }

    Proc startUpsd(String... more) {
        var arguments = new String[more.length + 1];
        arguments[0] = "-F";
        System.arraycopy(more, 0, arguments, 1, more.length);
        upsd = box.daemon(roles.server(), "upsd", arguments);
        awaitListening();
        return upsd;
    }

    Proc startDriver(String ups) {
        var proc = box.daemon(roles.driver(), "dummy-ups", "-a", ups, "-F");
        drivers.put(ups, proc);
        return proc;
    }

    /// Waits until the driver has its socket: a server started now finds it at its first attempt.
    void awaitSocket(String ups) {
        Await.until("the socket of " + ups, patience, () -> {
            if (!driver(ups).alive()) {
                throw new AssertionError("the driver ended with " + driver(ups).exit());
            }
            return Files.exists(box.state().resolve("dummy-ups-" + ups));
        });
    }

    void awaitListening() {
        Await.until("upsd answers on port " + port, patience, () -> {
            if (!upsd.alive()) {
                throw new AssertionError("upsd ended with " + upsd.exit());
            }
            try (var wire = new Wire(port)) {
                return wire.ask("NETVER").startsWith("1.");
            } catch (UncheckedIOException e) {
                return false; // not listening yet
            }
        });
    }

    /// Waits until the device has data, and the server knows what of it can be set (which comes after the values).
    void awaitUps(String ups) {
        awaitAnswer("GET TYPE " + ups + " ups.status", "TYPE " + ups + " ups.status RW");
    }

    String awaitAnswer(String request, String start) {
        return awaitAnswer(request, start, patience);
    }

    String awaitAnswer(String request, String start, Duration limit) {
        return Await.value(request, limit, () -> ask(request), answer -> answer.startsWith(start));
    }

    /// One request on a connection of its own.
    String ask(String request) {
        try (var wire = wire()) {
            return wire.ask(request);
        }
    }

    Wire wire() {
        return new Wire(port);
    }

    /// `ups@localhost:port`, as clients take it.
    String at(String ups) {
        return ups + "@localhost:" + port;
    }

    @Override
    public void close() {
        box.close();
    }
}
