package org.nutjvm.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nutjvm.common.conf.AuthConf;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.ConfText;
import org.nutjvm.common.conf.HostsConf;
import org.nutjvm.common.conf.NutCgiConf;
import org.nutjvm.common.conf.NutConf;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.conf.UpsschedConf;
import org.nutjvm.common.conf.UpssetConf;

/// Samples of configuration files in documentation, read by the parsers of the programs.
public final class SampleFiles {
    private SampleFiles() {}

    /// What there is to complain of in a sample.
    ///
    /// @param file the name of the file it is a sample of
    /// @return nothing if there is no such file
    public static Optional<List<String>> complaints(String file, String text) throws IOException {
        List<Complaint> complaints = switch (file) {
            case "ups.conf" -> {
                var conf = UpsConf.of(text(text));
                var all = new ArrayList<>(conf.complaints());
                all.addAll(conf.served().complaints());
                yield all;
            }
            case "upsd.conf" -> UpsdConf.of(text(text)).complaints();
            case "upsd.users" -> UpsdUsers.of(text(text)).complaints();
            case "nutauth.conf" -> authConf(text);
            case "upsmon.conf" -> UpsmonConf.of(text(text)).complaints();
            case "hosts.conf" -> HostsConf.of(text(text)).complaints();
            case "nut-cgi.conf" -> NutCgiConf.of(text(text)).complaints();
            case "upsset.conf" -> UpssetConf.of(text(text)).complaints();
            case "upssched.conf" -> UpsschedConf.of(text(text)).complaints();
            case "nut.conf" ->
                NutConf.of("sample", text.getBytes(StandardCharsets.US_ASCII)).complaints();
            default -> null;
        };
        if (complaints != null) {
            return Optional.of(complaints.stream().map(Complaint::toString).toList());
        }
        return file.equals("upsstats.html")
                ? Optional.of(text.startsWith("@NUT_UPSSTATS_TEMPLATE") ? List.of() : List.of("no template"))
                : Optional.empty();
    }

    private static ConfText text(String text) {
        return ConfReader.parse("sample", text.getBytes(StandardCharsets.US_ASCII));
    }

    private static List<Complaint> authConf(String text) throws IOException {
        var file = Files.createTempFile("nutauth", ".conf");
        try {
            return AuthConf.load(Files.writeString(file, text)).complaints();
        } finally {
            Files.delete(file);
        }
    }
}
