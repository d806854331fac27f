package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sample files: as they are, and with every example in them (a `#` with a word right behind it) in force.
class SamplesTest {
    private static final Path ETC = Path.of("..", "packaging", "src", "main", "etc");

    private static String sample(String name) throws IOException {
        String text = Files.readString(ETC.resolve(name + ".sample"), StandardCharsets.US_ASCII);
        for (String line : text.split("\n", -1)) {
            assertTrue(line.length() <= 100, line);
            assertEquals(line.stripTrailing(), line);
        }
        return text;
    }

    private static String inForce(String sample) {
        return Pattern.compile("^#(?=[^# \n])", Pattern.MULTILINE)
                .matcher(sample)
                .replaceAll("");
    }

    private static ConfText parsed(String text) {
        return ConfReader.parse("sample", text.getBytes(StandardCharsets.US_ASCII));
    }

    /// Each word is mentioned, and in force in the examples unless it is obsolete.
    private static void complete(String sample, Directive[] directives, List<String> obsolete) {
        for (Directive directive : directives) {
            String word = Pattern.quote(directive.word());
            assertTrue(Pattern.compile("\\b" + word + "\\b").matcher(sample).find(), directive.word());
            boolean example = Pattern.compile("^" + word + "\\b", Pattern.MULTILINE)
                    .matcher(inForce(sample))
                    .find();
            assertEquals(!obsolete.contains(directive.word()), example, directive.word());
        }
    }

    @Test
    void upsConf() throws IOException {
        String sample = sample("ups.conf");
        UpsConf asItIs = UpsConf.of(parsed(sample));
        assertEquals(List.of(), asItIs.complaints());
        assertEquals(List.of(), asItIs.sections());
        UpsConf conf = UpsConf.of(parsed(inForce(sample)));
        assertEquals(List.of(), conf.complaints());
        for (UpsGlobal global : UpsGlobal.values()) {
            assertTrue(conf.has(global), global.word());
        }
        UpsConf.Section section = conf.section("myups").orElseThrow();
        for (UpsKey key : UpsKey.values()) {
            assertEquals(key != UpsKey.SDDELAY, section.has(key), key.word());
        }
        complete(sample, UpsGlobal.values(), List.of());
        complete(sample, UpsKey.values(), List.of("sddelay"));
        assertEquals(List.of(), conf.served().complaints());
        assertTrue(section.has("default.battery.charge.warning") && section.has("override.battery.charge.low"));
    }

    @Test
    void upsdConf() throws IOException {
        String sample = sample("upsd.conf");
        UpsdConf asItIs = UpsdConf.of(parsed(sample));
        assertEquals(List.of(), asItIs.complaints());
        assertEquals(UpsdConf.of(parsed("")), asItIs);
        UpsdConf conf = UpsdConf.of(parsed(inForce(sample)));
        assertEquals(List.of(), conf.complaints());
        assertEquals(3, conf.listen().size());
        complete(sample, UpsdDirective.values(), List.of("ACL", "ACCEPT", "REJECT"));
    }

    @Test
    void upsdUsers() throws IOException {
        String sample = sample("upsd.users");
        assertEquals(List.of(), UpsdUsers.of(parsed(sample)).users());
        UpsdUsers users = UpsdUsers.of(parsed(inForce(sample)));
        assertEquals(List.of(), users.complaints());
        assertEquals(3, users.users().size());
        assertTrue(users.mayCommand("admin", "choose something long", "beeper.mute"));
        assertTrue(users.mayAct("upsmon-primary", "choose another one", "MASTER"));
        assertTrue(users.mayAct("upsmon-secondary", "and one more", "LOGIN"));
        complete(sample, UserField.values(), List.of("allowfrom"));
    }

    @Test
    void upsmonConf() throws IOException {
        String sample = sample("upsmon.conf");
        assertEquals(UpsmonConf.of(parsed("")), UpsmonConf.of(parsed(sample)));
        UpsmonConf conf = UpsmonConf.of(parsed(inForce(sample)));
        assertEquals(List.of(), conf.complaints());
        assertEquals(2, conf.monitors().size());
        assertEquals(1, conf.minsupplies());
        assertEquals(List.of("/sbin/shutdown -h +0"), conf.shutdowncmd());
        complete(sample, UpsmonDirective.values(), List.of());
        for (NotifyType type : NotifyType.values()) {
            assertTrue(Pattern.compile("\\b" + type + "\\b").matcher(sample).find(), type.name());
        }
    }

    @Test
    void nutauthConf(@TempDir Path directory) throws Exception {
        String sample = sample("nutauth.conf");
        var file = directory.resolve("nutauth.conf");
        Files.writeString(file, sample);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertEquals(List.of(), AuthConf.load(file).complaints());
        var nothing = AuthConf.load(file).settings("", "ups.example.org", 3493);
        for (AuthKey key : AuthKey.values()) {
            assertEquals(Optional.empty(), nothing.value(key), key.name());
        }
        var conf = AuthConf.load(Files.writeString(file, inForce(sample)));
        assertEquals(List.of(), conf.complaints());
        var all = conf.settings("", "ups.example.org", 3493);
        for (AuthKey key : AuthKey.values()) {
            assertTrue(all.value(key).isPresent(), key.name());
        }
        assertEquals(Optional.of("choose another one"), all.value(AuthKey.PASS));
        assertEquals(
                Optional.of("and one more"),
                conf.settings("admin", "ups.example.org", 3493).value(AuthKey.PASS));
        assertEquals(
                Optional.empty(), conf.settings("", "other.example.org", 3493).value(AuthKey.USER));
    }

    @Test
    void nutConf() throws IOException {
        String sample = sample("nut.conf");
        NutConf asItIs = NutConf.of("sample", sample.getBytes(StandardCharsets.US_ASCII));
        assertEquals(Map.of("MODE", "none"), asItIs.values());
        NutConf conf = NutConf.of("sample", inForce(sample).getBytes(StandardCharsets.US_ASCII));
        assertEquals(List.of(), conf.complaints());
        for (NutVariable variable : NutVariable.values()) {
            assertTrue(conf.value(variable).isPresent(), variable.word());
        }
        assertEquals(NutVariable.values().length, conf.values().size());
    }

    @Test
    void standardValuesInTheTableAreThoseOfTheParser() {
        UpsdConf conf = UpsdConf.of(parsed(""));
        assertEquals(UpsdDirective.MAXAGE.entry().standard(), Integer.toString(conf.maxageSeconds()));
        assertEquals(UpsdDirective.TRACKINGDELAY.entry().standard(), Integer.toString(conf.trackingDelaySeconds()));
        assertTrue(UpsdDirective.LISTEN.entry().standard().endsWith("port " + UpsdConf.DEFAULT_PORT));
    }

    @Test
    void tablesSayEverythingInOneLine() {
        var all = new ArrayList<Directive>(List.of(UpsdDirective.values()));
        all.addAll(List.of(UpsGlobal.values()));
        all.addAll(List.of(UpsKey.values()));
        all.addAll(List.of(UserField.values()));
        all.addAll(List.of(NutVariable.values()));
        for (Directive directive : all) {
            assertTrue(
                    directive.entry().meaning().length() > 10
                            && directive.entry().meaning().length() < 100,
                    directive.word());
            assertEquals(
                    directive.entry().kind() == Directive.Kind.FLAG,
                    directive.entry().arguments().isEmpty(),
                    directive.word());
        }
    }
}
