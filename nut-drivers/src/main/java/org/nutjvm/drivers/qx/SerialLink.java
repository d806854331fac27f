package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.nutjvm.drivers.port.PortLostException;
import org.nutjvm.drivers.port.Reopened;
import org.nutjvm.drivers.port.SerialLine;
import org.nutjvm.drivers.port.SerialLine.Signal;
import org.nutjvm.drivers.port.SerialPort;
import org.nutjvm.drivers.port.SerialSettings;
import org.nutjvm.drivers.spi.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A serial line of 2400 bits per second whose other lines may feed the cable.
final class SerialLink implements QxLink {
    private static final Logger LOG = LoggerFactory.getLogger(SerialLink.class);
    private static final SerialSettings SETTINGS = SerialSettings.of(2400);
    private static final Set<Signal> OURS = EnumSet.of(Signal.DTR, Signal.RTS);
    private static final Duration FEED = Duration.ofMillis(1100);
    /// Until the first byte, and between bytes.
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration WHOLE = Duration.ofSeconds(3);
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final int LONGEST = 512;
    private static final int MOST_NOISE = 4096;

    private final Reopened line;
    private final byte[] chunk = new byte[128];

    /// @param power our lines that are on
    /// @param demanded whether the administrator said so: then they must be there
    SerialLink(Device device, SerialPort ports, Set<Signal> power, boolean demanded) {
        line = new Reopened(() -> {
            boolean lock = device.dstate().getinfo("driver.flag.nolock") == null;
            SerialLine opened = ports.open(device.port(), SETTINGS, lock);
            try {
                feed(opened, power);
            } catch (IOException e) {
                if (demanded) {
                    opened.close();
                    throw new IOException(
                            "'cablepower' needs the lines DTR and RTS, which " + device.port() + " has not: "
                                    + e.getMessage(),
                            e);
                }
                LOG.debug("no cable power: {}", String.valueOf(e.getMessage()));
            }
            return opened;
        });
    }

    private static void feed(SerialLine opened, Set<Signal> power) throws IOException {
        for (Signal signal : OURS) {
            opened.setSignal(signal, power.contains(signal));
        }
        opened.pause(FEED);
    }

    @Override
    public void open() throws IOException {
        line.open();
    }

    @Override
    public String ask(String question) throws IOException {
        try {
            line.flushOutput();
            line.flushInput();
            line.write(question.getBytes(StandardCharsets.ISO_8859_1));
            return answer();
        } catch (PortLostException e) {
            close();
            throw e;
        }
    }

    private String answer() throws IOException {
        long end = line.nanoTime() + WHOLE.toNanos();
        var text = new StringBuilder();
        while (text.length() < LONGEST) {
            long left = Math.min(PATIENCE.toNanos(), end - line.nanoTime());
            int count = line.read(chunk, Duration.ofNanos(left));
            if (count == 0) {
                break;
            }
            for (int i = 0; i < count; i++) {
                char c = (char) (chunk[i] & 0xff);
                text.append(c);
                if (c == '\r') {
                    return text.toString();
                }
            }
        }
        return text.toString();
    }

    @Override
    public void quiet() throws IOException {
        try {
            line.flushOutput();
            line.awaitQuiet(QUIET, MOST_NOISE);
        } catch (PortLostException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        if (line.isOpen()) {
            try {
                line.setSignal(Signal.DTR, false);
            } catch (IOException e) {
                LOG.debug("while closing the port: {}", String.valueOf(e.getMessage()));
            }
            line.close();
        }
    }
}
