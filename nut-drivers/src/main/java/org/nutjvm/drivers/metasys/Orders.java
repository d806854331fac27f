package org.nutjvm.drivers.metasys;

import java.io.IOException;
import java.util.Locale;
import org.nutjvm.drivers.port.PortLostException;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The commands (drivers/metasys.c: instcmd, upsdrv_shutdown).
final class Orders {
    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

    private static final byte SET_SCHEDULE = 0x0a;
    private static final byte SET_TIMES = 0x0c;
    private static final byte SET_BUZZER = 0x0d;
    /// The test of the battery, and being on battery without need.
    static final byte SET_TEST = 0x0e;

    private static final byte SHUTDOWN_SECONDS = (byte) 150;
    private static final byte COMMAND_SECONDS = 30;

    /// Not at all.
    private static final byte NEVER = -1;

    private static final String[] COMMANDS = {
        "shutdown.return",
        "shutdown.stayoff",
        "shutdown.stop",
        "test.failure.start",
        "test.failure.stop",
        "test.battery.start",
        "beeper.enable",
        "beeper.mute",
        "beeper.on",
        "beeper.off"
    };

    private final Wire wire;

    Orders(Wire wire) {
        this.wire = wire;
    }

    static void offer(Dstate dstate) {
        for (String command : COMMANDS) {
            dstate.addcmd(command);
        }
    }

    /// Carries out one of the commands, but for the test of the battery, whose answer has to be waited for.
    ///
    /// @param autorestart whether the device is known to come back by itself when power does
    Outcome instcmd(String cmd, boolean autorestart) throws IOException {
        switch (cmd.toLowerCase(Locale.ROOT)) {
            case "shutdown.return" -> off(COMMAND_SECONDS, autorestart);
            case "shutdown.stayoff" -> schedule(COMMAND_SECONDS, (byte) 0, NEVER, NEVER);
            case "shutdown.stop" -> schedule(NEVER, NEVER, NEVER, NEVER);
            case "test.failure.start" -> wire.order(SET_TEST, (byte) 1);
            case "test.failure.stop" -> wire.order(SET_TEST, (byte) 2);
            case "beeper.enable" -> wire.order(SET_BUZZER, (byte) 0);
            case "beeper.mute" -> wire.order(SET_BUZZER, (byte) 1);
            case "beeper.on" -> {
                LOG.warn("The 'beeper.on' command has been renamed to 'beeper.enable'");
                return instcmd("beeper.enable", autorestart);
            }
            case "beeper.off" -> {
                LOG.warn("The 'beeper.off' command has been renamed to 'beeper.mute' for this driver");
                return instcmd("beeper.mute", autorestart);
            }
            default -> {
                return Outcome.UNKNOWN;
            }
        }
        return Outcome.HANDLED;
    }

    /// The load goes off, and on again as soon as there is power.
    void shutdown(boolean autorestart) throws IOException {
        off(SHUTDOWN_SECONDS, autorestart);
    }

    private void off(byte seconds, boolean autorestart) throws IOException {
        if (!autorestart) {
            try {
                wire.order(SET_TIMES, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1);
            } catch (PortLostException e) {
                throw e;
            } catch (IOException e) {
                LOG.warn("the UPS may stay off when power is back: {}", String.valueOf(e.getMessage()));
            }
        }
        // Some firmware does not take 0 for the start.
        schedule(seconds, (byte) 0, (byte) 1, (byte) 0);
    }

    /// Two numbers of seconds, each of four bytes: until off, and then until on.
    ///
    /// @param offHigh the higher bytes of the first
    private void schedule(byte off, byte offHigh, byte on, byte onHigh) throws IOException {
        wire.order(SET_SCHEDULE, off, offHigh, offHigh, offHigh, on, onHigh, onHigh, onHigh);
    }

    /// Begins a test of the battery.
    void test() throws IOException {
        wire.send(SET_TEST, (byte) 0);
    }
}
