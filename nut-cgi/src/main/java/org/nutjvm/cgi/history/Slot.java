package org.nutjvm.cgi.history;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.ups.UpsSample;

/// A sample as 32 bytes, most significant byte first:
///
///     0  4  seconds since 1970, unsigned: the beginning of its step
///     4  2  words of the status, a bit each
///     6  2  charge, tenths      8  2  load, tenths
///    10  2  lowest input, tenths of a volt   12  2  highest input
///    14  2  output, tenths     16  2  battery, hundredths of a volt
///    18  2  temperature, tenths, signed      20  4  runtime, seconds
///    24  2  frequency, hundredths            26  2  form of this: 1
///    28  4  CRC-32 of the bytes before
///
/// A number that is not known has all bits set, a temperature only the highest. Each says by itself when it was and
/// whether it is whole, so that nothing else in a file has to be trusted.
final class Slot {
    static final int SIZE = 32;

    private static final int FORM = 1;
    private static final int UNKNOWN = 0xFFFF;

    private Slot() {}

    static byte[] encode(UpsSample sample, long seconds) {
        var bytes = ByteBuffer.allocate(SIZE);
        bytes.putInt((int) seconds).putShort((short) sample.flags());
        bytes.putShort(scaled(sample.charge(), 10)).putShort(scaled(sample.load(), 10));
        bytes.putShort(scaled(sample.inputLow(), 10)).putShort(scaled(sample.inputHigh(), 10));
        bytes.putShort(scaled(sample.output(), 10)).putShort(scaled(sample.battery(), 100));
        double temperature = sample.temperature();
        bytes.putShort(
                Double.isNaN(temperature)
                        ? Short.MIN_VALUE
                        : (short) Math.clamp(Math.round(temperature * 10), -Short.MAX_VALUE, Short.MAX_VALUE));
        double runtime = sample.runtimeSeconds();
        bytes.putInt(Double.isNaN(runtime) || runtime < 0 ? -1 : (int) Math.min(runtime, Integer.MAX_VALUE));
        bytes.putShort(scaled(sample.frequency(), 100)).putShort((short) FORM);
        bytes.putInt(crc(bytes.array(), 0));
        return bytes.array();
    }

    /// What stands there, or null if that is no whole sample.
    static @Nullable UpsSample decode(String ups, byte[] file, int from) {
        var bytes = ByteBuffer.wrap(file, from, SIZE).slice();
        if (bytes.getShort(26) != FORM || bytes.getInt(28) != crc(file, from)) {
            return null;
        }
        short temperature = bytes.getShort(18);
        int runtime = bytes.getInt(20);
        return new UpsSample(
                ups,
                Instant.ofEpochSecond(Integer.toUnsignedLong(bytes.getInt(0))),
                bytes.getShort(4) & 0xFFFF,
                value(bytes, 6, 10),
                value(bytes, 8, 10),
                value(bytes, 10, 10),
                value(bytes, 12, 10),
                value(bytes, 14, 10),
                value(bytes, 16, 100),
                runtime < 0 ? Double.NaN : runtime,
                temperature == Short.MIN_VALUE ? Double.NaN : temperature / 10.0,
                value(bytes, 24, 100));
    }

    private static int crc(byte[] bytes, int from) {
        var crc = new CRC32();
        crc.update(bytes, from, SIZE - 4);
        return (int) crc.getValue();
    }

    private static short scaled(double value, int scale) {
        return (short) (Double.isNaN(value) ? UNKNOWN : Math.clamp(Math.round(value * scale), 0, UNKNOWN - 1));
    }

    private static double value(ByteBuffer bytes, int at, double scale) {
        int value = bytes.getShort(at) & 0xFFFF;
        return value == UNKNOWN ? Double.NaN : value / scale;
    }
}
