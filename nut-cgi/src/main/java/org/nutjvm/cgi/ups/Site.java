package org.nutjvm.cgi.ups;

import java.io.IOException;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.HostsConf;
import org.nutjvm.common.conf.UpssetConf;

/// The configuration directory. Files are read when they are asked for: a change counts from the next page on.
public interface Site {
    /// The longest template that is read, in bytes.
    int TEMPLATE_LIMIT = 1 << 20;

    HostsConf hosts() throws ConfException;

    UpssetConf upsset() throws ConfException;

    /// A template, one char a byte.
    ///
    /// @param name a file of the configuration directory itself: the caller has seen to it that it has no slash
    /// @throws IOException also if it is longer than {@link #TEMPLATE_LIMIT}
    String template(String name) throws IOException;
}
