package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// apcupsd-ups of the image beside C's, with one apcupsd's answers.
@ExtendWith(LogsOnFailure.class)
class ApcupsdIT {
    private static final String ANSWER = """
            APC      : 001,043,1029
            DATE     : 2024-05-06 07:08:09 +0200
            HOSTNAME : example
            VERSION  : 3.14.14 (31 May 2016) debian
            UPSNAME  : rack
            CABLE    : USB Cable
            MODEL    : Smart-UPS X 1500
            UPSMODE  : Stand Alone
            STATUS   : %s
            LINEV    : 229.6 Volts
            LOADPCT  : 12.3 Percent
            BCHARGE  : 99.5 Percent
            TIMELEFT : 61.4 Minutes
            MBATTCHG : 5 Percent
            MINTIMEL : 3 Minutes
            OUTPUTV  : 230.4 Volts
            SENSE    : High
            DWAKE    : 0 Seconds
            DSHUTD   : 90 Seconds
            LOTRANS  : 208.0 Volts
            HITRANS  : 253.0 Volts
            RETPCT   : 15.0 Percent
            ITEMP    : 29.2 C
            BATTV    : 27.1 Volts
            LINEFREQ : 50.0 Hz
            LASTXFER : Low line voltage
            SELFTEST : NO
            STESTI   : 14 days
            STATFLAG : 0x05000008
            MANDATE  : 2020-01-02
            SERIALNO : AS0000000000
            BATTDATE : 2020-01-02
            NOMOUTV  : 230 Volts
            NOMINV   : 230 Volts
            NOMBATTV : 24.0 Volts
            NOMPOWER : 1350 Watts
            FIRMWARE : UPS 08.8 / 00.5
            END APC  : 2024-05-06 07:08:10 +0200
            """;

    private final int port = Sandbox.freePort();

    private static Map<String, String> dump(Sandbox box, Maker maker) {
        var told = new TreeMap<String, String>();
        var run = box.run(maker, "apcupsd-ups", "-a", "ups", "-d", "1", "-u", System.getProperty("user.name"));
        for (String line : run.out().lines().toList()) {
            int colon = line.indexOf(": ");
            if (line.lastIndexOf('.', colon) > 0 && !line.startsWith("driver.")) {
                told.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        return told;
    }

    private Sandbox box(PlayedApcupsd apcupsd) {
        var box = new Sandbox();
        box.write("ups.conf", "[ups]\n driver = apcupsd-ups\n port = 127.0.0.1:" + apcupsd.port() + "\n");
        box.write("upsd.conf", "LISTEN 127.0.0.1 " + port + "\nMAXAGE 25\n");
        box.write("upsd.users", "");
        return box;
    }

    @Test
    void itTellsWhatCsTells() {
        Maker.C.program("apcupsd-ups");
        try (var apcupsd = new PlayedApcupsd("");
                var box = box(apcupsd)) {
            for (String status : new String[] {"ONLINE", "ONBATT LOWBATT", "TRIM ONLINE OVERLOAD REPLACEBATT"}) {
                apcupsd.tell(ANSWER.formatted(status));
                var theirs = dump(box, Maker.C);
                assertTrue(theirs.size() > 30, theirs.toString());
                assertEquals(theirs, dump(box, Maker.OURS), status);
            }
        }
    }

    @Test
    void itIsServedAndALostUpsIsStale() {
        try (var apcupsd = new PlayedApcupsd(ANSWER.formatted("ONLINE"));
                var box = box(apcupsd)) {
            var driver = box.daemon(Maker.OURS, "apcupsd-ups", "-a", "ups", "-F");
            box.daemon(Maker.OURS, "upsd", "-F");
            Await.until("data", () -> upsc(box).equals("OL"));
            apcupsd.tell(ANSWER.formatted("COMMLOST"));
            Await.until("the loss", () -> upsc(box).contains("stale"));
            driver.awaitLog("has lost its UPS (COMMLOST)");
            apcupsd.tell(ANSWER.formatted("ONBATT"));
            Await.until("the way back", () -> upsc(box).equals("OB"));
            assertEquals(0, driver.count("Exception"), driver.log());
        }
    }

    private String upsc(Sandbox box) {
        var result = box.run(Maker.OURS, "upsc", "ups@localhost:" + port, "ups.status");
        return result.exit() == 0 ? result.out().strip() : result.firstError();
    }
}
