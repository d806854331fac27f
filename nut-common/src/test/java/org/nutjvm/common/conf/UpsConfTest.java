package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpsConfTest {
    private static UpsConf conf(String text) {
        return UpsConf.of(ConfReader.parse("/etc/nut/ups.conf", text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static List<String> names(List<UpsConf.Section> sections) {
        var names = new ArrayList<String>();
        sections.forEach(s -> names.add(s.name()));
        return names;
    }

    @Test
    void readsGlobalsSectionsAndFlags() {
        var conf = conf("""
                maxretry = 3
                statepath=/run/x   # a comment
                nowait
                [one]
                    driver = dummy-ups
                    port=one.dev
                    desc = "Rack \\"A\\""
                    ignorelb
                    override.battery.charge.low = 30
                [two]
                driver = usbhid-ups
                port = auto
                """);
        assertEquals(List.of(), conf.complaints());
        assertEquals(Optional.of("3"), conf.global(UpsGlobal.MAXRETRY));
        assertEquals(Optional.of("/run/x"), conf.global(UpsGlobal.STATEPATH));
        assertTrue(conf.has(UpsGlobal.NOWAIT));
        assertFalse(conf.has(UpsGlobal.CHROOT));
        assertEquals(List.of("one", "two"), names(conf.sections()));
        var one = conf.section("one").orElseThrow();
        assertEquals(Optional.of("one.dev"), one.value(UpsKey.PORT));
        assertEquals(Optional.of("Rack \"A\""), one.value("desc"));
        assertTrue(one.has(UpsKey.IGNORELB));
        assertEquals(new UpsConf.Setting("ignorelb", null, 8), one.settings().get(3));
        assertEquals(List.of("one", "two"), names(conf.served().sections()));
    }

    @Test
    void lastValueOfASettingCounts() {
        var conf = conf("[u]\ndriver = a\nport = p\ndriver = b\n");
        assertEquals(Optional.of("b"), conf.section("u").orElseThrow().value(UpsKey.DRIVER));
        assertTrue(conf.complaints().getFirst().text().contains("'driver' was set before, on line 2"));
    }

    @Test
    void sectionBegunAgainIsTheSameSection() {
        var conf = conf("[u]\ndriver = a\n[v]\ndriver = c\nport = d\n[u]\nport = p\n");
        assertEquals(List.of("u", "v"), names(conf.sections()));
        assertEquals(Optional.of("p"), conf.section("u").orElseThrow().value(UpsKey.PORT));
        assertEquals(6, conf.complaints().getFirst().line());
    }

    @Test
    void sectionWithoutSettingsCountsWhereItsFirstSettingIs() {
        var conf = conf("[a]\n[b]\ndriver = x\nport = y\n[a]\ndriver = x\nport = y\n[c]\n");
        assertEquals(List.of("b", "a", "c"), names(conf.sections()));
        assertEquals(List.of("b", "a"), names(conf.served().sections()));
    }

    @Test
    void namesThatDifferInCaseAreServedOnceTheLastOne() {
        var served = conf("[ups]\ndriver=a\nport=1\n[UPS]\ndriver=b\nport=2\n").served();
        assertEquals(List.of("UPS"), names(served.sections()));
        assertTrue(served.complaints().getFirst().text().startsWith("UPS name [ups] is already in use!"));
    }

    @Test
    void incompleteSectionIsNotServed() {
        var served = conf("[a]\nport = 1\n[b]\ndriver = x\nport\n[c]\n[d]\ndriver=x\nport=y\n")
                .served();
        assertEquals(List.of("d"), names(served.sections()));
        assertEquals(3, served.complaints().size());
        assertEquals(
                "Warning: ignoring incomplete configuration for UPS [a]: it has no driver (/etc/nut/ups.conf:1)",
                served.complaints().getFirst().text());
    }

    @Test
    void noSectionAtAllIsSaid() {
        var conf = conf("driver = megatec\nport = /dev/ttyS0\n");
        assertTrue(conf.served().complaints().getFirst().text().startsWith("Warning: no UPS definitions in ups.conf"));
        assertTrue(conf.complaints().getFirst().text().contains("belongs in a section"));
    }

    @Test
    void unknownGlobalGetsASuggestion() {
        var complaint =
                conf("maxrety = 3\n[u]\ndriver=a\nport=b\n").complaints().getFirst();
        assertEquals("maxrety", complaint.word());
        assertEquals("maxretry", complaint.suggestion());
        assertEquals(
                "ups.conf: unknown setting 'maxrety' before the first section (/etc/nut/ups.conf:1, did you mean maxretry?)",
                complaint.text());
    }

    @Test
    void whatCIgnoresIsIgnoredAndSaid() {
        var conf = conf("[u]\nport =\ndriver dummy-ups\ndesc = My big UPS\n[a b]\n");
        assertEquals(
                List.of(new UpsConf.Setting("desc", "My", 4)),
                conf.sections().getFirst().settings());
        assertEquals(
                List.of(2, 3, 4, 5),
                conf.complaints().stream().map(Complaint::line).toList());
    }
}
