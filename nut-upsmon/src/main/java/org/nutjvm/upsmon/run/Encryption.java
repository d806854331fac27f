package org.nutjvm.upsmon.run;

import java.time.Instant;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.tls.ClientTls;
import org.nutjvm.common.tls.TlsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How connections to servers are encrypted, as upsmon.conf has it now. Connections there are stay as they were
/// made.
public final class Encryption {
    private static final Logger LOG = LoggerFactory.getLogger("upsmon");

    private volatile ClientTls tls = ClientTls.IF_POSSIBLE;

    ClientTls tls() {
        return tls;
    }

    /// Takes what upsmon.conf says; to be done as the user that upsmon runs as, who has to be able to read the
    /// files at a reload, too.
    ///
    /// @throws TlsException it cannot be had as it is set up, and nothing less will do. Else the administrator is
    ///     told, and servers are watched all the same: a machine that is not watched is not protected.
    public void configure(UpsmonConf conf) throws TlsException {
        var wanted = conf.tls();
        try {
            boolean unset = wanted.certpath().isEmpty()
                    && wanted.certfile().isEmpty()
                    && wanted.certident().isEmpty()
                    && wanted.hosts().isEmpty()
                    && !wanted.certverify()
                    && !wanted.forcessl();
            tls = unset ? ClientTls.IF_POSSIBLE : ClientTls.of(wanted, Instant.now());
            for (var warning : tls.warnings()) {
                LOG.warn(warning);
            }
        } catch (TlsException e) {
            if (required(wanted)) {
                throw e;
            }
            LOG.error("Failed to set up SSL, which is not required, and is done without: {}", e.getMessage());
            tls = ClientTls.IF_POSSIBLE;
        }
    }

    private static boolean required(UpsmonConf.Tls wanted) {
        boolean required = wanted.forcessl() || wanted.certverify();
        for (var host : wanted.hosts()) {
            required |= host.forcessl() == 1 || host.certverify() == 1;
        }
        return required;
    }
}
