package org.nutjvm.drivers.hidups;

import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.DescriptorParser;
import org.nutjvm.drivers.hid.Repair;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.usb.UsbId;
import org.nutjvm.fuzz.Input;
import org.nutjvm.fuzz.Must;

/// A USB device that claims to be a UPS: any descriptor, any reports, any strings, with any subdriver's table.
public final class HidDeviceFuzz {
    private static final int REQUESTS = 200_000;

    private static final Map<String, Subdriver> LOADED = new HashMap<>();
    private static final Catalogue CATALOGUE = Catalogue.standard();

    static {
        Must.beQuiet();
    }

    private HidDeviceFuzz() {}

    /// One that answers from the input.
    private static final class Hostile implements HidTransport {
        final Input input;
        int requests;

        Hostile(Input input) {
            this.input = input;
        }

        private void asked() {
            Must.hold(++requests < REQUESTS, "asks without end");
        }

        @Override
        public int getReport(int id, byte[] buffer) throws HidException {
            asked();
            int how = input.endless();
            if (how >= 0xf0) {
                var kinds = HidException.Kind.values();
                throw new HidException(kinds[input.endless() % kinds.length], "played");
            }
            int length = how >= 0xe0 ? 1 + input.endless() % buffer.length : buffer.length;
            for (int i = 0; i < length; i++) {
                buffer[i] = (byte) input.endless();
            }
            if (how < 0xd0) {
                buffer[0] = (byte) id;
            }
            return length;
        }

        @Override
        public void setReport(byte[] report) throws HidException {
            asked();
            if (input.endless() > 0xf0) {
                throw new HidException(HidException.Kind.STALL, "played");
            }
        }

        @Override
        public @Nullable String string(int index) {
            asked();
            int length = input.endless() % 40;
            var text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.append((char) (input.endless() < 200 ? input.endless() : input.endless() * 256));
            }
            return length == 39 ? null : text.toString();
        }
    }

    public static void fuzzerTestOneInput(byte[] data) {
        var input = new Input(data);
        var names = CATALOGUE.subdrivers();
        String name = names.get(input.next() % names.size());
        var devices = CATALOGUE.devices();
        var id = devices.get(input.below(devices.size()));
        int options = input.next();
        byte[] descriptor = input.take(input.below(1024));
        var subdriver = LOADED.computeIfAbsent(name, Catalogue::load);
        var device = new Hostile(input);
        var dstate = new Dstate();
        try {
            play(subdriver, id, options, descriptor, device, dstate);
        } catch (HidException e) {
            Must.hold(e.kind().linkLost(), "gave up for " + e.getMessage());
        }
        Must.arrive(dstate);
    }

    private static void play(
            Subdriver subdriver, UsbId id, int options, byte[] descriptor, Hostile device, Dstate dstate)
            throws HidException {
        var parsed = subdriver.repair(DescriptorParser.parse(descriptor, Repair.all()), id, Repair.all());
        long[] now = {0};
        var ups = new HidPowerDevice(
                subdriver,
                CATALOGUE.ruleOf(id),
                parsed,
                device,
                dstate,
                new HidPowerDevice.Options(
                        (options & 1) != 0,
                        (options & 2) != 0,
                        (options & 4) != 0,
                        1_000_000_000L,
                        0,
                        o -> null,
                        () -> ZoneOffset.UTC),
                new StatusRules(StatusRules.Policy.DEFAULT, "fuzz", () -> now[0]),
                () -> now[0]);
        ups.identify(id, device.string(1), device.string(2), device.string(3));
        ups.init();
        for (int poll = 0; poll < 3; poll++) {
            now[0] += 2_000_000_000L;
            byte[] report = new byte[1 + device.input.endless() % 16];
            for (int i = 0; i < report.length; i++) {
                report[i] = (byte) device.input.endless();
            }
            ups.arrived(report, report.length);
            ups.update(poll != 1);
            Must.arrive(dstate);
            Must.beStatus(dstate);
        }
        ups.explore(id, "x", "y");
        for (String cmd : dstate.tree().cmds()) {
            try {
                ups.instcmd(cmd, Optional.empty());
            } catch (HidException e) {
                Must.hold(e.getMessage() != null && !e.getMessage().isBlank(), "no reason");
            }
        }
    }
}
