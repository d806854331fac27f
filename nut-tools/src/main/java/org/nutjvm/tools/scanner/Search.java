package org.nutjvm.tools.scanner;

import java.util.List;

/// One search. What goes wrong with one address or device is told to {@link Progress} and leaves out that one.
interface Search {
    /// Does it, and returns when it is done.
    ///
    /// @throws Exception what keeps this search from finding anything at all; the message is for the user
    List<Device> find() throws Exception;
}
