/// nut-driver-enumerator: keeps a service of the system for each section of ups.conf.
@NullMarked
package org.nutjvm.tools.enumerator;

import org.jspecify.annotations.NullMarked;
