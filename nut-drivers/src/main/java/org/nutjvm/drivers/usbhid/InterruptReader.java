package org.nutjvm.drivers.usbhid;

import java.util.Arrays;
import org.nutjvm.drivers.hidups.HidException;
import org.nutjvm.drivers.usb.UsbException;

/// The thread that waits for input reports and hands them to the driver's loop.
final class InterruptReader {
    private static final int WAIT_MILLIS = 3000;
    private static final int SIZE = 256;
    private static final int STALLS_TOLERATED = 3;
    private static final int ERRORS_TOLERATED = 10;

    /// Who hears of reports and troubles; called on the reader's thread.
    interface Listener {
        void report(byte[] report);

        /// The reader has ended.
        void lost(HidException why);
    }

    private final Connection connection;
    private final Listener listener;
    private final int size;
    private final long pauseMillis;
    private final Thread thread;
    private volatile boolean stopped;

    /// @param size bytes to ask for, 0 for the usual
    /// @param pauseMillis after a transfer that failed
    InterruptReader(Connection connection, int size, long pauseMillis, Listener listener) {
        this.connection = connection;
        this.listener = listener;
        this.pauseMillis = pauseMillis;
        this.size = size > 0 && size < SIZE ? size : SIZE;
        thread = Thread.ofPlatform().daemon().name("usb-interrupt").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Ends the thread, so that the device may be closed.
    ///
    /// @return false when it hangs in the kernel; the device must not be closed then
    boolean stop() {
        stopped = true;
        try {
            thread.join(2L * WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void run() {
        byte[] buffer = new byte[size];
        int stalls = 0;
        int errors = 0;
        while (!stopped) {
            try {
                int length = connection.handle().interruptIn(connection.endpoint(), buffer, WAIT_MILLIS);
                stalls = 0;
                errors = 0;
                if (length > 0) {
                    listener.report(Arrays.copyOf(buffer, length));
                }
            } catch (UsbException e) {
                boolean stall = e.kind() == UsbException.Kind.STALL;
                stalls += stall ? 1 : 0;
                errors += stall ? 0 : 1;
                boolean passing = e.kind() == UsbException.Kind.OVERFLOW
                        || e.kind() == UsbException.Kind.OTHER
                        || e.kind() == UsbException.Kind.IO;
                boolean goOn = stall ? stalls <= STALLS_TOLERATED && cleared() : passing && errors <= ERRORS_TOLERATED;
                if (!goOn) {
                    end(e);
                    return;
                }
                pause();
            }
        }
    }

    private void end(UsbException e) {
        if (!stopped) {
            var why = UsbHidTransport.toHid(e);
            listener.lost(
                    why.kind().linkLost()
                            ? why
                            : new HidException(HidException.Kind.BROKEN, String.valueOf(e.getMessage())));
        }
    }

    private boolean cleared() {
        try {
            connection.handle().clearHalt(connection.endpoint());
            return true;
        } catch (UsbException e) {
            return false;
        }
    }

    private void pause() {
        try {
            Thread.sleep(pauseMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
