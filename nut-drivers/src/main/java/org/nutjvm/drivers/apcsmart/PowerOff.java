package org.nutjvm.drivers.apcsmart;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.port.PortLostException;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ways to switch off (drivers/apcsmart.c: sdcmd_*). All return whether the device agreed.
final class PowerOff {
    private static final Logger LOG = LoggerFactory.getLogger(PowerOff.class);
    private static final char SOFT = 'S';
    private static final char HIBERNATE = '@';
    private static final char DELAYED = 'K';
    private static final char NOW = 'Z';
    private static final char SIMULATE = 'U';

    private final Ups ups;
    private final Duration cshdelay;

    /// @param cshdelay how long a simulated failure lasts before the device is told to go off
    PowerOff(Ups ups, Duration cshdelay) {
        this.ups = ups;
        this.cshdelay = cshdelay;
    }

    /// By the setting `sdtype`.
    Outcome simple(int sdtype, @Nullable String awd) throws IOException {
        boolean online = (ups.status() & Ups.OL) != 0;
        boolean onBattery = (ups.status() & Ups.OB) != 0;
        LOG.debug("currently: {}, sdtype: {}", online ? "on-line" : "on battery", sdtype);
        return switch (sdtype) {
            case 5 -> hibernate(awd);
            case 4 -> simulatedFailure();
            case 3 -> delayed();
            case 2 -> now();
            case 1 -> onBattery && attempt('0', awd) == Outcome.HANDLED ? Outcome.HANDLED : hibernate(awd);
            default -> online ? hibernate(awd) : soft();
        };
    }

    /// By the setting `advorder`: digits of ways, tried until one works.
    Outcome inOrder(String advorder, @Nullable String awd) throws IOException {
        for (int i = 0; i < advorder.length(); i++) {
            if (attempt(advorder.charAt(i), awd) == Outcome.HANDLED) {
                return Outcome.HANDLED;
            }
        }
        return Outcome.FAILED;
    }

    /// One way of several: when it fails, even with nonsense in the line, there is a next one.
    private Outcome attempt(char way, @Nullable String awd) throws IOException {
        try {
            return switch (way) {
                case '0' -> soft();
                case '1' -> hibernate(awd);
                case '2' -> delayed();
                case '3' -> now();
                default -> simulatedFailure();
            };
        } catch (PortLostException e) {
            throw e;
        } catch (IOException e) {
            LOG.warn("way {} to switch off failed: {}", way, String.valueOf(e.getMessage()));
            return Outcome.FAILED;
        }
    }

    /// Off after the device's delay, on again with mains power. Only obeyed on battery.
    Outcome soft() throws IOException {
        ups.talk.flush();
        ups.talk.send(SOFT);
        return agreed(false);
    }

    /// The same for devices that need to be on battery for it: a failure is simulated first.
    Outcome simulatedFailure() throws IOException {
        if ((ups.status() & Ups.OL) != 0) {
            ups.talk.flush();
            ups.talk.send(SIMULATE);
            ups.talk.answer(Talk.SHORT);
            ups.talk.pause(cshdelay);
        }
        return soft();
    }

    /// Off after the device's delay, also with mains power; on again with mains power, but not before so many tenths of
    /// hours.
    ///
    /// @param awd two or three digits; older devices want two
    Outcome hibernate(@Nullable String awd) throws IOException {
        String digits = awd == null ? "000" : awd;
        if (digits.length() == 1) {
            digits = "00" + digits;
        }
        ups.talk.flush();
        if (!ups.talk.sendSlowly(HIBERNATE + digits)) {
            LOG.error("issuing [@] with {} digits failed", digits.length());
            return Outcome.FAILED;
        }
        Outcome outcome = agreed(false);
        if (outcome == Outcome.HANDLED || digits.length() == 3) {
            return outcome;
        }
        LOG.error("command [@] with 2 digits doesn't work - try 3 digits");
        // It waits for a third digit: this is none, and ends that.
        ups.talk.send('Y');
        ups.talk.answer(Talk.SHORT);
        return Outcome.FAILED;
    }

    /// Off after the device's delay, for good.
    Outcome delayed() throws IOException {
        ups.talk.flush();
        return ups.talk.sendTwice(DELAYED) ? agreed(false) : Outcome.FAILED;
    }

    /// Off at once. Nobody answers then.
    Outcome now() throws IOException {
        ups.talk.flush();
        return ups.talk.sendTwice(NOW) ? agreed(true) : Outcome.FAILED;
    }

    private Outcome agreed(boolean silenceWill) throws IOException {
        String answer = ups.talk.answer(Talk.DOWN);
        boolean good = answer.equals("OK") || (answer.isEmpty() && silenceWill);
        LOG.debug("last shutdown cmd {} (\"{}\")", good ? "succeeded" : "failed", Noise.text(answer));
        return good ? Outcome.HANDLED : Outcome.FAILED;
    }
}
