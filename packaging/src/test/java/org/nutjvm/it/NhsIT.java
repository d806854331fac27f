package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/// nhs_ser and a nobreak on a pseudo terminal, which tells of itself without being asked. Debian has no such driver of
/// C's to run beside.
@ExtendWith(LogsOnFailure.class)
@Timeout(120)
class NhsIT {
    private static final int END = 0xfe;
    private static final int ON_BATTERY = 1;
    private static final int BATTERY_LOW = 2;
    private static final int CHARGING = 0x80;
    private static final int STATUS = 16;
    static final byte[] HARDWARE = packet(
            "32531f070c40025f8cbefa78dc2019" + "31323334353637383930414243444546" + "1a0b15030405060708090a0b00000000");

    @RegisterExtension
    final SerialRigs rigs = new SerialRigs("nhs_ser");

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<Future<?>> telling = new CopyOnWriteArrayList<>();
    private final AtomicInteger said = new AtomicInteger();
    private volatile int status = CHARGING;
    private volatile boolean damaged;

    @AfterEach
    void close() {
        telling.forEach(one -> one.cancel(true));
        clock.shutdown();
    }

    /// A packet of this body: begin, body, sum and end.
    static byte[] packet(String hex) {
        byte[] body = HexFormat.of().parseHex(hex);
        var all = new ByteArrayOutputStream();
        int sum = 0;
        all.write(0xff);
        for (byte b : body) {
            sum += b;
            all.write(b);
        }
        all.write(sum);
        all.write(END);
        return all.toByteArray();
    }

    /// 127.5 V in, 13.62 V of the battery, load 37 %, 120.3 V out, 38.4 degrees.
    private byte[] data() {
        said.incrementAndGet();
        byte[] body = HexFormat.of().parseHex("15447f050d3e257602" + "8109" + "7803" + "2604" + "190000");
        body[STATUS] = (byte) status;
        byte[] data = packet(HexFormat.of().formatHex(body));
        if (damaged) {
            data[5] ^= 1;
        }
        return data;
    }

    private SerialRig rig(String... words) {
        // It says what it is when it is asked to.
        var rig = rigs.start(Maker.OURS, c -> c == END ? HARDWARE : new byte[0], words);
        telling.add(clock.scheduleWithFixedDelay(() -> rig.say(data()), 100, 200, TimeUnit.MILLISECONDS));
        return rig;
    }

    @Test
    void valuesComeByThemselvesAndPowerFails() {
        var rig = rig("-F", "-i", "1", "-x", "ah=7");
        rig.awaitData();
        Await.until("what it is", () -> rig.value("device.model").equals("\"COMPACT PLUS 2\""));
        assertEquals("\"1234567890ABCDEF\"", rig.value("device.serial"));
        assertEquals("\"OL CHRG\"", rig.value("ups.status"));
        assertEquals("\"127.50\"", rig.value("input.voltage"));
        assertEquals("\"13.62\"", rig.value("battery.voltage"));
        Await.until("run time", () -> rig.value("battery.runtime").equals("\"908\""));
        status = ON_BATTERY | BATTERY_LOW;
        Await.until("OB LB", () -> rig.value("ups.status").equals("\"ALARM OB LB\""));
        assertEquals("\"[LOW BATTERY]\"", rig.value("ups.alarm"));
        assertEquals("TRACKING id 1", rig.order("INSTCMD shutdown.return"));
        assertEquals("TRACKING id 3", rig.order("INSTCMD shutdown.default"));
        status = 0;
        Await.until("OL", () -> rig.value("ups.status").equals("\"OL\""));
        assertEquals("none", rig.value("ups.alarm"));
    }

    @Test
    void damagedPacketsAreNoneAndThePortComesBack() {
        var rig = rig("-F", "-i", "1", "-x", "ah=7");
        rig.awaitData();
        String battery = rig.value("battery.voltage");
        damaged = true;
        status = ON_BATTERY;
        int before = said.get();
        Await.until("some damaged packets", () -> said.get() > before + 8);
        assertEquals("\"OL CHRG\"", rig.value("ups.status"));
        assertEquals(battery, rig.value("battery.voltage"));
        rig.unplug();
        Await.until("stale", rig::stale);
        rig.plug(c -> c == END ? HARDWARE : new byte[0]);
        damaged = false;
        Await.until("it recovers", () -> !rig.stale() && rig.value("ups.status").startsWith("\"OB"));
        assertFalse(rig.driver.log().contains("Exception"), rig.driver.log());
    }

    @Test
    void switchingOffFailsAndSaysSo() {
        var rig = rig("-k", "-x", "ah=7");
        assertEquals(1, rig.driver.awaitExit(Await.LONG), rig.driver.log());
        assertTrue(rig.driver.log().contains("shutdown not supported"), rig.driver.log());
    }
}
