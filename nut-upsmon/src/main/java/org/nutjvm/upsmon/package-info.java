/// upsmon: brings the machine down in order when power fails.
@NullMarked
package org.nutjvm.upsmon;

import org.jspecify.annotations.NullMarked;
