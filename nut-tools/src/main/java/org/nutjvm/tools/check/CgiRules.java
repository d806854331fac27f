package org.nutjvm.tools.check;

import java.util.List;
import java.util.Locale;
import org.nutjvm.common.conf.ConfLine;
import org.nutjvm.common.conf.NutCgiConf;
import org.nutjvm.common.conf.NutCgiDirective;
import org.nutjvm.tools.check.ConfSet.Part;

/// What is wrong with nut-cgi.conf beyond what its parser says.
final class CgiRules {
    private CgiRules() {}

    static void look(ConfSet set, Findings found) {
        set.part(NutCgiConf.FILE).ifPresent(part -> set.cgi().ifPresent(conf -> exposed(part, conf, found)));
    }

    private static void exposed(Part part, NutCgiConf conf, Findings found) {
        boolean encrypted = conf.certfile().isPresent();
        boolean login = !conf.readers().isEmpty();
        if (conf.unprotected() || (encrypted && login)) {
            return;
        }
        List<ConfLine> lines = part.lines(NutCgiDirective.LISTEN.word());
        for (ConfLine line : lines) {
            if (line.size() > 1 && !ServerRules.loopback(line.word(1).toLowerCase(Locale.ROOT))) {
                found.add(
                        Mistake.CGI_UNPROTECTED,
                        part.file(),
                        line.line(),
                        "LISTEN " + line.word(1) + ": others than this machine could read"
                                + (encrypted ? " without a login" : login ? ", and listen to passwords" : ""),
                        "set "
                                + (encrypted ? "READER" : login ? "CERTFILE" : "CERTFILE and READER")
                                + ", or ALLOW_UNPROTECTED yes, or LISTEN 127.0.0.1");
            }
        }
    }
}
