/// Rules for the module as a whole.
@NullMarked
package org.nutjvm.drivers;

import org.jspecify.annotations.NullMarked;
