package org.nutjvm.common.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/// A terminal device of the system, opened and driven by the C library's calls (drivers/serial.c: ser_open_nf,
/// lock_set, ser_set_speed_nf). Numbers are Linux's on processors with the generic layout of `struct termios`; others
/// are refused.
///
/// Belongs to one thread.
public final class Tty implements AutoCloseable {
    /// Lines a computer moves itself.
    public static final int DTR = 0x02;
    public static final int RTS = 0x04;
    /// Secondary transmit: hardly any adapter has it.
    public static final int ST = 0x08;
    /// Lines the other side moves.
    public static final int CTS = 0x20;
    public static final int DCD = 0x40;
    public static final int RNG = 0x80;
    public static final int DSR = 0x100;

    /// Bits for {@link #configure}: what comes with its parity wrong is left out.
    public static final int IGNPAR = 0x04;
    public static final int INPCK = 0x10;
    public static final int IXON = 0x400;
    public static final int IXOFF = 0x1000;
    public static final int CS7 = 0x20;
    public static final int CS8 = 0x30;
    public static final int CSTOPB = 0x40;
    public static final int PARENB = 0x100;
    public static final int PARODD = 0x200;
    public static final int CRTSCTS = 0x80000000;

    private static final Set<String> GENERIC = Set.of("amd64", "x86_64", "aarch64", "riscv64");

    private static final int O_RDWR = 2;
    private static final int O_EXCL = 0x80;
    private static final int O_NOCTTY = 0x100;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final int LOCK_EX_NB = 2 | 4;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;

    private static final int TERMIOS_BYTES = 60;
    private static final int CFLAG = 8;
    private static final int C_CC = 17;
    private static final int VTIME = 5;
    private static final int VMIN = 6;
    private static final int CREAD = 0x80;
    private static final int CLOCAL = 0x800;

    private static final int TIOCMGET = 0x5415;
    private static final int TIOCMBIS = 0x5416;
    private static final int TIOCMBIC = 0x5417;
    private static final int TIOCMSET = 0x5418;

    private static final short POLLIN = 1;
    private static final short POLLOUT = 4;
    private static final int POLLFD_BYTES = 8;
    private static final int BUFFER = 256;

    private final CLibrary.Block buffer = new CLibrary.Block(BUFFER);
    private final CLibrary.Block pollfd = new CLibrary.Block(POLLFD_BYTES);
    private int fd;

    private Tty(int fd) {
        this.fd = fd;
    }

    /// Opens a device, without making it this process's terminal.
    ///
    /// @throws Posix.PosixException with the system's reason
    public static Tty open(Path device) throws Posix.PosixException {
        if (!GENERIC.contains(System.getProperty("os.arch", ""))) {
            throw new Posix.PosixException("open", 0, "serial lines are not known on " + System.getProperty("os.arch"));
        }
        try (var name = CLibrary.Block.of(device.toString())) {
            int flags = O_RDWR | O_NOCTTY | O_EXCL | O_NONBLOCK | O_CLOEXEC;
            return new Tty(Posix.callInt("open", name.address(), flags, 0));
        }
    }

    /// Locks the device against other programs that lock it so, among them C NUT's drivers on Linux.
    ///
    /// @return false if another has it
    public boolean lock() throws Posix.PosixException {
        try {
            Posix.callInt("flock", fd, LOCK_EX_NB, 0);
            return true;
        } catch (Posix.PosixException e) {
            if (e.errno() == EAGAIN) {
                return false;
            }
            throw e;
        }
    }

    /// Makes the line raw, deaf to its own modem lines and without a hang-up when it is closed.
    ///
    /// @param speed bits per second
    /// @param format {@link #CS7} or {@link #CS8}, with {@link #CSTOPB}, {@link #PARENB}, {@link #PARODD},
    ///     {@link #CRTSCTS}
    /// @param input {@link #IGNPAR}, {@link #INPCK}, {@link #IXON}, {@link #IXOFF}
    public void configure(int speed, int format, int input) throws Posix.PosixException {
        int code = code(speed);
        try (var termios = new CLibrary.Block(TERMIOS_BYTES)) {
            Posix.callInt("tcgetattr", fd, termios.address(), 0);
            termios.putInt(0, input);
            termios.putInt(4, 0);
            termios.putInt(CFLAG, format | CREAD | CLOCAL);
            termios.putInt(12, 0);
            termios.putByte(C_CC + VTIME, 0);
            termios.putByte(C_CC + VMIN, 1);
            Posix.callInt("cfsetispeed", termios.address(), code, 0);
            Posix.callInt("cfsetospeed", termios.address(), code, 0);
            flushInput();
            Posix.callInt("tcsetattr", fd, 0, termios.address());
        }
    }

    private static int code(int speed) {
        return switch (speed) {
            case 300 -> 7;
            case 600 -> 8;
            case 1200 -> 9;
            case 2400 -> 11;
            case 4800 -> 12;
            case 9600 -> 13;
            case 19200 -> 14;
            case 38400 -> 15;
            case 57600 -> 0x1001;
            case 115200 -> 0x1002;
            default -> throw new IllegalArgumentException("no such speed of a serial line: " + speed);
        };
    }

    /// Takes what has come, at most as much as fits, and waits for the first of it.
    ///
    /// @param millis 0 not to wait
    /// @return how many bytes, 0 if nothing came
    /// @throws IOException also when the device has gone
    public int read(byte[] into, int offset, int length, int millis) throws IOException {
        if (!await(POLLIN, millis)) {
            return 0;
        }
        try {
            int count = Posix.callInt("read", fd, buffer.address(), Math.min(length, BUFFER));
            if (count == 0) {
                throw new IOException("the device is gone");
            }
            buffer.get(0, into, offset, count);
            return count;
        } catch (Posix.PosixException e) {
            return passing(e);
        }
    }

    /// Puts bytes into the line's queue, as many as it takes.
    ///
    /// @return how many, 0 if it took none in time
    public int write(byte[] from, int offset, int length, int millis) throws IOException {
        if (!await(POLLOUT, millis)) {
            return 0;
        }
        int count = Math.min(length, BUFFER);
        buffer.put(0, from, offset, count);
        try {
            return Posix.callInt("write", fd, buffer.address(), count);
        } catch (Posix.PosixException e) {
            return passing(e);
        }
    }

    private boolean await(short events, int millis) throws IOException {
        pollfd.putInt(0, fd);
        pollfd.putShort(4, events);
        pollfd.putShort(6, 0);
        try {
            // A device that is gone counts as ready: the call that follows says so.
            return Posix.callInt("poll", pollfd.address(), 1, millis) > 0;
        } catch (Posix.PosixException e) {
            return passing(e) > 0;
        }
    }

    private static int passing(Posix.PosixException e) throws IOException {
        if (e.errno() == EINTR || e.errno() == EAGAIN) {
            return 0;
        }
        throw e;
    }

    /// Forgets what has come and was not read.
    public void flushInput() throws Posix.PosixException {
        Posix.callInt("tcflush", fd, 0, 0);
    }

    /// Forgets what was written and has not gone out.
    public void flushOutput() throws Posix.PosixException {
        Posix.callInt("tcflush", fd, 1, 0);
    }

    /// The bits of the modem lines that are on.
    ///
    /// @throws Posix.PosixException also where there are none, as on a pseudo terminal
    public int modem() throws Posix.PosixException {
        Posix.callInt("ioctl", fd, TIOCMGET, buffer.address());
        return buffer.getInt(0);
    }

    /// Sets exactly these of the lines this side moves, and takes back the others.
    public void setModem(int bits) throws Posix.PosixException {
        modem(TIOCMSET, bits);
    }

    /// Moves some lines and leaves the others.
    public void switchModem(int bits, boolean on) throws Posix.PosixException {
        modem(on ? TIOCMBIS : TIOCMBIC, bits);
    }

    private void modem(int request, int bits) throws Posix.PosixException {
        buffer.putInt(0, bits);
        Posix.callInt("ioctl", fd, request, buffer.address());
    }

    /// Holds the transmit line, for a number of milliseconds.
    public void sendBreak(int millis) throws Posix.PosixException {
        Posix.callInt("tcsendbreak", fd, millis, 0);
    }

    @Override
    public void close() {
        if (fd < 0) {
            return;
        }
        int open = fd;
        fd = -1;
        try {
            Posix.callInt("close", open, 0, 0);
        } catch (Posix.PosixException e) {
            // The system has let go of it all the same.
        } finally {
            buffer.close();
            pollfd.close();
        }
    }
}
