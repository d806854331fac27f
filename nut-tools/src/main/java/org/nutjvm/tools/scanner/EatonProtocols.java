package org.nutjvm.tools.scanner;

import java.io.IOException;

/// Which driver a device on a serial line is for: it is tried in the three protocols of Eaton's devices.
final class EatonProtocols {
    private static final byte SHUT_SYNC = 0x16;
    private static final int SHUT_TRIES = 4;

    private static final int[] XCP_SPEEDS = {19_200, 9600, 4800, 2400, 1200};
    private static final byte[] XCP_ESCAPE = {0x1d};
    private static final byte[] XCP_AUTHORISE = {(byte) 0xcf, 0x69, (byte) 0xe8, (byte) 0xd5};
    private static final int XCP_NOISE = 128;
    private static final byte XCP_START = (byte) 0xab;
    private static final byte[] XCP_REQUEST_ONLY = framed(new byte[] {(byte) 0xa0});

    private static final byte[] Q1 = {'Q', '1', '\r'};
    private static final int Q1_TRIES = 3;
    private static final int Q1_LENGTH = 46;

    private EatonProtocols() {}

    /// A serial line. Waits as long as devices need to answer.
    interface Line {
        /// Sets it up anew.
        ///
        /// @param speed in bits per second, of 8 data bits without parity
        void open(int speed) throws IOException;

        /// Data terminal ready, and no request to send: what devices with plug and play take for no question of theirs.
        void power();

        void write(byte[] bytes) throws IOException;

        /// Takes what comes, at most so much.
        ///
        /// @return how many bytes came, 0 if none did in time
        int read(byte[] into, int offset, int length) throws IOException;

        void flushInput() throws IOException;

        void pause(int millis) throws InterruptedException;
    }

    /// The driver's name, or nothing if no device answers.
    static String driver(Line line) throws IOException, InterruptedException {
        return shut(line) ? "mge-shut" : xcp(line) ? "bcmxcp" : q1(line) ? "blazer_ser" : "";
    }

    /// SHUT: the device sends the mark back that it is sent.
    private static boolean shut(Line line) throws IOException {
        line.open(2400);
        line.power();
        byte[] answer = new byte[1];
        for (int i = 0; i < SHUT_TRIES; i++) {
            line.write(new byte[] {SHUT_SYNC});
            if (line.read(answer, 0, 1) == 1 && answer[0] == SHUT_SYNC) {
                return true;
            }
        }
        return false;
    }

    /// XCP: taken out of its menu and let in, the device answers with a block.
    private static boolean xcp(Line line) throws IOException, InterruptedException {
        line.pause(100);
        for (int speed : XCP_SPEEDS) {
            line.open(speed);
            line.write(XCP_ESCAPE);
            line.pause(90);
            line.write(framed(XCP_AUTHORISE));
            line.pause(500);
            line.write(XCP_REQUEST_ONLY);
            if (begins(line)) {
                return true;
            }
            line.pause(100);
        }
        return false;
    }

    /// Whether a block begins soon; what the menu had to say may stand before it.
    private static boolean begins(Line line) throws IOException {
        byte[] answer = new byte[1];
        for (int i = 0; i < XCP_NOISE && line.read(answer, 0, 1) == 1; i++) {
            if (answer[0] == XCP_START) {
                return true;
            }
        }
        return false;
    }

    /// Q1: the answer is a line of at least 46 characters that begins with a parenthesis.
    private static boolean q1(Line line) throws IOException, InterruptedException {
        line.pause(100);
        line.open(2400);
        line.power();
        line.pause(100);
        for (int i = 0; i < Q1_TRIES; i++) {
            line.flushInput();
            line.write(Q1);
            byte[] answer = new byte[128];
            int length = sentence(line, answer);
            if (length >= Q1_LENGTH && answer[0] == '(') {
                return true;
            }
        }
        return false;
    }

    /// Reads up to a carriage return.
    private static int sentence(Line line, byte[] into) throws IOException {
        int length = 0;
        while (length < into.length) {
            int count = line.read(into, length, into.length - length);
            if (count == 0) {
                break;
            }
            length += count;
            if (into[length - 1] == '\r') {
                break;
            }
        }
        return length;
    }

    /// A block of XCP: start, length, what is said, and what makes the sum of all bytes zero.
    private static byte[] framed(byte[] command) {
        byte[] block = new byte[command.length + 3];
        block[0] = XCP_START;
        block[1] = (byte) command.length;
        System.arraycopy(command, 0, block, 2, command.length);
        byte sum = 0;
        for (byte one : block) {
            sum -= one;
        }
        block[block.length - 1] = sum;
        return block;
    }
}
