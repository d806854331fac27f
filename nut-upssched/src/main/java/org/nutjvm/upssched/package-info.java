/// upssched: carries out AT lines when upsmon runs it, and keeps timers in a daemon while there are any.
@NullMarked
package org.nutjvm.upssched;

import org.jspecify.annotations.NullMarked;
