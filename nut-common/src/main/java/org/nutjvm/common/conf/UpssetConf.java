package org.nutjvm.common.conf;

import java.nio.file.Path;
import java.util.List;

/// upsset.conf: whether upsset.cgi may work (clients/upsset.c: check_conf).
///
/// @param secured whether the administrator says that strangers are kept from upsset.cgi
/// @param complaints what an administrator should look at
public record UpssetConf(boolean secured, List<Complaint> complaints) {
    /// Reads the file.
    ///
    /// @throws ConfException when there is none or it cannot be read
    public static UpssetConf load(Path file) throws ConfException {
        return of(ConfReader.read(file));
    }

    /// What the text says. Only the exact word counts: a permission must not come of a guess.
    public static UpssetConf of(ConfText text) {
        String word = UpssetDirective.I_HAVE_SECURED_MY_CGI_DIRECTORY.word();
        for (ConfLine line : text.lines()) {
            if (line.word(0).equals(word)) {
                return new UpssetConf(true, text.complaints());
            }
        }
        return new UpssetConf(false, text.complaints());
    }
}
