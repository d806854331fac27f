/// Logging as NUT does it: stderr, syslog, journal, debug levels.
@NullMarked
package org.nutjvm.common.log;

import org.jspecify.annotations.NullMarked;
