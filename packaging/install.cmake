# SPDX-License-Identifier: Apache-2.0
# What an installation has beside the program: configs, man pages, completion, documents, samples.
install(DIRECTORY DESTINATION ${CMAKE_INSTALL_DATADIR}/umountbench)  # first, or it is made by the umask
install(DIRECTORY ${PROJECT_SOURCE_DIR}/configs/ DESTINATION ${CMAKE_INSTALL_DATADIR}/umountbench/configs
        FILES_MATCHING PATTERN "*.json")
install(DIRECTORY ${PROJECT_SOURCE_DIR}/plots/ DESTINATION ${CMAKE_INSTALL_DATADIR}/umountbench/plots
        FILES_MATCHING PATTERN "*.gp")

set(pages ${PROJECT_BINARY_DIR}/pages)
install(CODE "execute_process(COMMAND [[${CMAKE_COMMAND}]] [[-DPROGRAM=$<TARGET_FILE:umountbench>]]
  [[-DSOURCE=${CMAKE_CURRENT_LIST_DIR}]] [[-DOUTPUT=${pages}]] -P [[${CMAKE_CURRENT_LIST_DIR}/make_pages.cmake]]
  COMMAND_ERROR_IS_FATAL ANY)")
install(FILES ${pages}/umountbench.8.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man8)
install(FILES ${pages}/umountbench-results.5.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
install(FILES ${pages}/umountbench.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
        RENAME umountbench)

install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/contrib/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples USE_SOURCE_PERMISSIONS)
