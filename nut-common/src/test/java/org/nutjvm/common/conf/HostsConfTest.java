package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nutjvm.common.conf.HostsConf.Host;

class HostsConfTest {
    private static ConfText text(String text) {
        return ConfReader.parse("hosts.conf", text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void hostsAndTemplatesInTheirOrder() {
        var conf = HostsConf.of(text("""
                # comment
                MONITOR b@h:1 "Second floor" ignored
                MONITOR a@h "First"
                MONITOR a@h "Twice"
                CUSTOM_TEMPLATE_LIST l.html
                CUSTOM_TEMPLATE_SINGLE s.html
                """));
        assertEquals(
                List.of(new Host("b@h:1", "Second floor"), new Host("a@h", "First"), new Host("a@h", "Twice")),
                conf.hosts());
        assertEquals(List.of("l.html"), conf.listTemplates());
        assertEquals(List.of("s.html"), conf.singleTemplates());
        assertEquals(List.of(), conf.complaints());
        assertEquals("First", conf.host("a@h").orElseThrow().description());
        assertTrue(conf.host("A@h").isEmpty());
    }

    @Test
    void whatCannotBeUsedIsLeftOutAndToldOf() {
        var conf = HostsConf.of(text("MONITOR a@h\nmonitor a@h x\nCUSTOM_TEMPLATE_LIST\nMONITOR b@h x\n"));
        assertEquals(List.of(new Host("b@h", "x")), conf.hosts());
        assertEquals(3, conf.complaints().size());
        assertEquals(Complaint.Cause.MISSING_VALUE, conf.complaints().get(0).cause());
        assertEquals("MONITOR", conf.complaints().get(1).suggestion());
        assertEquals(3, conf.complaints().get(2).line());
    }

    @Test
    void thereIsALimit() {
        var conf = HostsConf.of(text("MONITOR a@h x\n".repeat(HostsConf.MOST + 5)));
        assertEquals(HostsConf.MOST, conf.hosts().size());
        assertEquals(1, conf.complaints().size());
    }

    @Test
    void onlyTheExactWordsOpenUpsset() {
        assertTrue(UpssetConf.of(text("I_HAVE_SECURED_MY_CGI_DIRECTORY\n")).secured());
        assertFalse(UpssetConf.of(text("### I_HAVE_SECURED_MY_CGI_DIRECTORY\n")).secured());
        assertFalse(UpssetConf.of(text("i_have_secured_my_cgi_directory\n")).secured());
        assertFalse(UpssetConf.of(text("\"I_HAVE_SECURED\n")).secured());
    }
}
