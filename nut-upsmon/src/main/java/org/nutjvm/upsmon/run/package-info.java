/// What upsmon does: one loop that owns all state, a poller for each UPS, notices, the half that keeps root.
@NullMarked
package org.nutjvm.upsmon.run;

import org.jspecify.annotations.NullMarked;
