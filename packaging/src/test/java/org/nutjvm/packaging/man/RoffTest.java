package org.nutjvm.packaging.man;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoffTest {
    private static final String HEAD = "# x(8)\n\n";

    private static String body(String markdown) {
        String roff = ManPage.of("x", 8, HEAD + markdown).roff("2026-01-02", "1.2");
        return roff.substring(roff.indexOf("\n", roff.indexOf(".TH ")) + 1);
    }

    @Test
    void titleHasNameSectionDateAndVersion() {
        assertTrue(ManPage.of("nut-x", 5, "# nut-x(5)\n")
                .roff("2026-01-02", "1.2-jvm")
                .endsWith("\n.TH \"NUT\\-X\" \"5\" \"2026-01-02\" \"Network UPS Tools 1.2\\-jvm\" \"NUT Manual\"\n"));
    }

    @Test
    void nameHasADashForWhatis() {
        assertEquals(".SH NAME\nx \\- does this and that\n", body("## NAME\n\nx - does this and that\n"));
    }

    @Test
    void paragraphsAndFonts() {
        assertEquals(
                ".SH A B\none \\fIa\\-b\\fR two\nthree\n.PP\n\\fBc\\-d \\fIe\\fB\\fR.\n".replace("a\\-b", "a-b"),
                body("## A B\n\none *a-b* two\nthree\n\n**`c-d` *e***.\n").replace("\\fB\\fBc\\-d\\fB", "\\fBc\\-d"));
    }

    @Test
    void termsAndWhatTheyMean() {
        assertEquals(
                ".SH O\n.TP\n\\fB\\-a\\fR \\fIb\\fR (more)\nMeaning.\n.IP\nAnd more.\n.RS\n.IP \\(bu 2\none\n.RE\n.TP\n\\fB\\-c\\fR\nLast.\n",
                body("## O\n\n- `-a` *b*\n  (more)\\\n  Meaning.\n\n  And more.\n\n  - one\n- `-c`\\\n  Last.\n"));
    }

    @Test
    void plainAndNumberedLists() {
        assertEquals(
                ".SH O\n.IP \\(bu 2\none\ntwo\n.IP \\(bu 2\nthree\n.IP 1. 4\nfirst\n.IP 2. 4\nsecond\n",
                body("## O\n\n- one\n  two\n- three\n\n1. first\n2. second\n"));
    }

    @Test
    void examplesStayAsTheyAre() {
        assertEquals(
                ".SH E\n.RS 4\n.EX\n\\&.profile \\-x \\(aq\\(rsn\\(aq\n\n\\&\\(aqs\n.EE\n.RE\n"
                        .replace("\\&\\(aqs", "\\&\\(aqs"),
                body("## E\n\n```sh\n.profile -x '\\n'\n\n's\n```\n"));
    }

    @Test
    void pointAtTheBeginningOfALineIsNoRequest() {
        assertEquals(".SH E\none\n\\&.two\n\\&'three\n", body("## E\n\none\n.two\n'three\n"));
        assertEquals(".SH E\nand \\fB.x\\fR\n", body("## E\n\nand `.x`\n"));
    }

    @Test
    void references() {
        assertEquals(
                ".SH S\n\\fBups.conf\\fR(5),\nhttps://x.org/a\\-b\n",
                body("## S\n\n[ups.conf(5)](ups.conf.5.md),\n<https://x.org/a-b>\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a <name> b",
                "> quoted",
                "    code by its indent",
                "#### deep",
                "---",
                "![x](y.png)",
                "[x](../status.md)",
                "[text](https://x.org/)",
                "caf\u00e9",
                "<b>\nblock\n</b>"
            })
    void whatWouldBeLostIsRefused(String markdown) {
        assertThrows(IllegalArgumentException.class, () -> body("## D\n\ntext\n\n" + markdown + "\n"));
    }

    @Test
    void titleOfAnotherPageIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ManPage.of("x", 8, "# x(5)\n"));
        assertThrows(IllegalArgumentException.class, () -> ManPage.of("x", 8, "x(8)\n"));
    }

    @Test
    void termsOfASection() {
        var page = ManPage.of(
                "x",
                8,
                HEAD
                        + "## A\n\n- `-a` *b*\\\n  Text.\n- bullet\n\n### Sub\n\n- `-c`\\\n  Text.\n\n## B\n\n- `-d`\\\n  Text.\n");
        assertEquals(List.of("`-a` *b*", "`-c`"), page.terms("A"));
        assertEquals(List.of("A", "B"), page.headings());
    }
}
