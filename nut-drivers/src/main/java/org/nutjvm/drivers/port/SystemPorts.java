package org.nutjvm.drivers.port;

import java.io.IOException;
import java.nio.file.Path;
import org.nutjvm.common.io.Posix;
import org.nutjvm.common.io.Tty;

/// The serial ports of this machine.
public final class SystemPorts implements SerialPort {
    @Override
    public SerialLine open(String device, SerialSettings settings, boolean lock) throws IOException {
        Tty tty;
        try {
            tty = Tty.open(Path.of(device));
        } catch (Posix.PosixException e) {
            throw new IOException(OpenAdvice.of(device, e), e);
        }
        try {
            if (lock && !tty.lock()) {
                throw new IOException(device + " is locked by another process\n"
                        + "Things to try:\n"
                        + " - Stop the other driver of this port (`fuser -v " + device + "` names it)\n"
                        + " - If nothing else should hold it: 'nolock' in ups.conf does without the lock");
            }
            tty.configure(settings.speed(), format(settings), input(settings));
        } catch (IOException e) {
            tty.close();
            throw notATerminal(device, e);
        }
        return new TtyLine(tty);
    }

    private static IOException notATerminal(String device, IOException e) {
        if (e instanceof Posix.PosixException posix && posix.errno() == OpenAdvice.ENOTTY) {
            return new IOException(
                    device + " is no serial port (" + e.getMessage() + ")\nCheck 'port =' in ups.conf", e);
        }
        return e;
    }

    private static int format(SerialSettings settings) {
        int bits = settings.dataBits() == 7 ? Tty.CS7 : Tty.CS8;
        if (settings.stopBits() == 2) {
            bits |= Tty.CSTOPB;
        }
        if (settings.flow() == SerialSettings.Flow.HARDWARE) {
            bits |= Tty.CRTSCTS;
        }
        return switch (settings.parity()) {
            case NONE -> bits;
            case EVEN -> bits | Tty.PARENB;
            case ODD -> bits | Tty.PARENB | Tty.PARODD;
        };
    }

    private static int input(SerialSettings settings) {
        int bits = Tty.IGNPAR;
        if (settings.parity() != SerialSettings.Parity.NONE) {
            bits |= Tty.INPCK;
        }
        return settings.flow() == SerialSettings.Flow.SOFTWARE ? bits | Tty.IXON | Tty.IXOFF : bits;
    }
}
