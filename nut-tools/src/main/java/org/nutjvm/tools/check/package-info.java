/// nut-check: reads all configuration files together and says what is wrong across them.
@NullMarked
package org.nutjvm.tools.check;

import org.jspecify.annotations.NullMarked;
