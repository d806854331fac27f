package org.nutjvm.tools.scanner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nutjvm.common.io.Posix;
import org.nutjvm.common.io.Tty;

/// Eaton devices on serial ports, by what they answer (tools/nut-scanner/scan_eaton_serial.c). A port that a driver has
/// locked is left alone.
///
/// @param ports their files
/// @param named whether they were named one by one
record SerialSearch(List<String> ports, boolean named, Progress progress) implements Search {
    private static final int AT_ONCE = 32;
    private static final int ANSWER_MILLIS = 1000;

    @Override
    public List<Device> find() throws InterruptedException, ExecutionException {
        var counter = progress.counter("serial", ports.size());
        var visits = new ArrayList<Future<List<Device>>>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (String port : ports) {
                Callable<List<Device>> visit = () -> {
                    try {
                        return look(port);
                    } finally {
                        counter.step();
                    }
                };
                visits.add(threads.submit(visit));
            }
        }
        var devices = new ArrayList<Device>();
        for (Future<List<Device>> visit : visits) {
            devices.addAll(visit.get());
        }
        return devices;
    }

    private List<Device> look(String port) throws InterruptedException {
        if (!named && !Files.exists(Path.of(port))) {
            return List.of();
        }
        try (Tty tty = Tty.open(Path.of(port))) {
            if (!tty.lock()) {
                progress.say(port + " is in use by another program, and left alone");
                return List.of();
            }
            String driver = EatonProtocols.driver(new TtyLine(tty));
            progress.debug(1, port + ": " + (driver.isEmpty() ? "no answer" : driver));
            return driver.isEmpty() ? List.of() : List.of(Device.of(Kind.SERIAL, driver, port));
        } catch (IOException e) {
            if (named) {
                progress.say("Unable to open " + port + ": " + e.getMessage());
            } else {
                progress.debug(1, port + ": " + e.getMessage());
            }
            return List.of();
        }
    }

    private record TtyLine(Tty tty) implements EatonProtocols.Line {
        @Override
        public void open(int speed) throws IOException {
            tty.configure(speed, Tty.CS8, 0);
        }

        @Override
        public void power() {
            try {
                tty.setModem(Tty.DTR);
            } catch (Posix.PosixException e) {
                // A line without modem lines feeds nobody, and is asked all the same.
            }
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            int sent = 0;
            while (sent < bytes.length) {
                int count = tty.write(bytes, sent, bytes.length - sent, ANSWER_MILLIS);
                if (count == 0) {
                    throw new IOException("the line takes nothing");
                }
                sent += count;
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return tty.read(into, offset, length, ANSWER_MILLIS);
        }

        @Override
        public void flushInput() throws IOException {
            tty.flushInput();
        }

        @Override
        public void pause(int millis) throws InterruptedException {
            Thread.sleep(millis);
        }
    }
}
