package org.nutjvm.drivers.snmp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nutjvm.drivers.snmp.agent.Fetcher;
import org.nutjvm.drivers.snmp.agent.SnmpAgent;
import org.nutjvm.drivers.snmp.engine.Answers;
import org.nutjvm.drivers.snmp.engine.Evaluation;
import org.nutjvm.drivers.snmp.engine.Quirks;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.nutjvm.drivers.snmp.mapping.Catalogue;
import org.nutjvm.drivers.snmp.mapping.Mapping;
import org.nutjvm.drivers.snmp.mapping.Oid;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.fuzz.FuzzDevice;
import org.nutjvm.fuzz.Input;
import org.nutjvm.fuzz.Must;
import org.nutjvm.fuzz.Poll;

/// An SNMP agent that answers anything, through each of the mappings.
public final class SnmpAnswersFuzz {
    private static final int REQUESTS = 20_000;
    private static final int ROUNDS = 64;

    private static final Map<String, Mapping> LOADED = new HashMap<>();

    private static final Catalogue CATALOGUE = catalogue();

    static {
        Must.beQuiet();
    }

    private SnmpAnswersFuzz() {}

    private static Catalogue catalogue() {
        try {
            return new Catalogue(Path.of("/nonexistent"), complaint -> {
                throw new AssertionError(complaint.toString());
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Hostile implements SnmpAgent {
        private final Input input;
        private final boolean version2;
        private int requests;

        Hostile(Input input) {
            this.input = input;
            version2 = input.next() % 2 == 0;
        }

        private void asked() throws Silent {
            Must.hold(++requests < REQUESTS, "asks without end");
            if (input.endless() > 0xfc) {
                throw new Silent("Timeout: no response from the input");
            }
        }

        private SnmpValue value(Oid oid) {
            int kind = input.endless();
            if (kind < 0x40) {
                return new SnmpValue.Whole(input.endless() % 8, SnmpValue.Whole.Type.INTEGER);
            }
            if (kind < 0x80) {
                long number = 0;
                for (int i = 0; i < 8; i++) {
                    number = number << 8 | input.endless();
                }
                var types = SnmpValue.Whole.Type.values();
                return new SnmpValue.Whole(number, types[kind % types.length]);
            }
            if (kind < 0xb0) {
                byte[] text = new byte[kind == 0x80 ? 2000 : kind - 0x81];
                for (int i = 0; i < text.length; i++) {
                    text[i] = (byte) input.endless();
                }
                return new SnmpValue.Text(new String(text, StandardCharsets.ISO_8859_1));
            }
            if (kind < 0xc0) {
                return new SnmpValue.Text(Integer.toString(input.endless() - 20));
            }
            if (kind < 0xe0) {
                return new SnmpValue.Pointer(kind % 2 == 0 ? oid : Oid.of(1, 3, input.endless(), input.endless()));
            }
            return SnmpValue.ABSENT;
        }

        private Reply reply(List<Oid> oids) throws Silent {
            asked();
            int how = input.endless();
            if (how >= 0xf8) {
                return new Reply(input.endless() % 20, input.endless() - 5, List.of());
            }
            var rows = new ArrayList<Row>();
            for (var oid : oids) {
                rows.add(new Row(oid, value(oid)));
            }
            if (how >= 0xf0) {
                rows.subList(0, rows.size() / 2).clear();
                rows.add(new Row(Oid.of(1, 3, how), value(Oid.of(1, 3))));
            }
            return new Reply(0, 0, rows);
        }

        @Override
        public boolean version2() {
            return version2;
        }

        @Override
        public Reply get(List<Oid> oids, boolean patient) throws Silent {
            return reply(oids);
        }

        @Override
        public Reply next(List<Oid> oids) throws Silent {
            var following = new ArrayList<Oid>();
            for (var oid : oids) {
                following.add(oid.size() < Oid.LIMIT && input.endless() < 0xe0 ? oid.child(input.endless()) : oid);
            }
            return reply(following);
        }

        @Override
        public Reply bulk(Oid after, int rows) throws Silent {
            var following = new ArrayList<Oid>();
            for (int i = 0; i < rows && after.size() < Oid.LIMIT; i++) {
                following.add(after.child(i));
            }
            return reply(following);
        }

        @Override
        public Reply set(Oid oid, SnmpValue value) throws Silent {
            return reply(List.of(oid));
        }

        @Override
        public void close() {}
    }

    public static void fuzzerTestOneInput(byte[] data) {
        var input = new Input(data);
        var heads = CATALOGUE.heads();
        int which = input.next();
        if (which < 0xf8) {
            evaluate(heads.get(which % heads.size()), new Hostile(input));
        } else {
            drive(input);
        }
    }

    /// What is made of the answers, without the driver around it: reading a mapping takes longer than all the rest.
    private static void evaluate(Mapping.Head head, Hostile agent) {
        var mapping = LOADED.computeIfAbsent(head.name(), name -> load(head));
        var fetcher = new Fetcher(agent);
        var answers = new Answers();
        var dstate = new Dstate();
        var publisher = new Publisher(dstate);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                var report = Evaluation.of(mapping, answers, Quirks.NONE);
                if (report.complete()) {
                    publisher.publish(report, Map.of());
                    Must.beStatus(dstate);
                    Must.arrive(dstate);
                    return;
                }
                fetcher.fetch(report.missing(), answers);
                for (var walk : report.missingWalks()) {
                    fetcher.walk(walk, answers);
                }
            }
            throw new AssertionError("still asking after " + ROUNDS + " rounds");
        } catch (IOException e) {
            Must.hold(e.getMessage() != null && !e.getMessage().isBlank(), "no reason: " + e);
        }
    }

    private static Mapping load(Mapping.Head head) {
        try {
            return CATALOGUE.load(head);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void drive(Input input) {
        var device = new FuzzDevice("192.0.2.1");
        device.options.put("mibs", "ietf");
        var agent = new Hostile(input);
        try {
            var driver = new SnmpDriver(device, agent, "192.0.2.1", CATALOGUE);
            driver.detect();
            Poll.some(driver, device, 2);
        } catch (IOException | DriverException e) {
            Must.hold(e.getMessage() != null && !e.getMessage().isBlank(), "no reason: " + e);
        }
    }
}
