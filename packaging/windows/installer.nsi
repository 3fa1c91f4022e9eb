; The installer for Windows. windows/package.py gives makensis every name by -D and, in ${FILES}, two macros that it made of
; the bundle: one installs every file, the other removes exactly these, so that a folder that somebody chose is never emptied.
;
; It installs for one user, with nobody's rights, in %LOCALAPPDATA%\Programs; /ALLUSERS installs for all, in Program Files.
; What is installed for all is renewed for all, unless /CURRENTUSER says otherwise. /S asks nothing. /D=FOLDER, the last word
; and without quotation marks, chooses the folder. The uninstaller knows /S.
; What was written with the program is in %LOCALAPPDATA%\dateline. Nothing here touches it.
;
; Exit codes: 0 done, 1 cancelled, 2 a file could not be written, 10 the program is running, 11 an administrator's rights are
; missing, 12 this Windows is too old, 13 the folder cannot be written to, 14 the former version could not be removed.

Target ${TARGET}
!include LogicLib.nsh
!include FileFunc.nsh
!include MUI2.nsh
!include WinVer.nsh
!include x64.nsh

!define UNINSTALLER "Uninstall.exe"
!define NOTE "Uninstall.ini" ; for whom it was installed: the folder may be reached by another name than the registry's
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${TITLE}"
!define KIND "Software\Classes\${TITLE}.Entry"
!define MARKDOWN "Software\Classes\.md"

!define EXIT_RUNNING 10
!define EXIT_RIGHTS 11
!define EXIT_WINDOWS 12
!define EXIT_FOLDER 13
!define EXIT_FORMER 14

Name "${TITLE}"
OutFile "${OUT}"
BrandingText "${TITLE} ${VERSION}"
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetCompressorDictSize 64
SetDateSave on
CRCCheck force
AllowSkipFiles off ; or a silent installation would leave out what it cannot write
ManifestDPIAware true
ManifestDPIAwareness "PerMonitorV2,System"
ManifestLongPathAware true
ManifestSupportedOS Win10

VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey /LANG=0 "ProductName" "${TITLE}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "${TITLE} Setup"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=0 "LegalCopyright" "${PUBLISHER}"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION StartProgram
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(DATA_STAYS)"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English
!insertmacro MUI_LANGUAGE German
!insertmacro MUI_LANGUAGE French
!insertmacro MUI_LANGUAGE Spanish
!include "${WORDS}"
!include "${FILES}"

Var ForAll ; 1: for all users
Var Former ; the folder of the version that is installed, or nothing
Var Upgrade ; in the uninstaller: 1 where a newer version follows

; What the installer and the uninstaller both do.
!macro FUNCTIONS UN
; A program that runs keeps its file from being opened for writing. One that is just ending gets two seconds.
Function ${UN}WaitUntilFree ; $0: the folder
  StrCpy $1 0
  ${Do}
    StrCpy $2 ""
    !insertmacro IS_IN_USE "$0\${NAME}.exe" $2
    !insertmacro IS_IN_USE "$0\${WINDOW}" $2
    ${If} $2 == ""
      ${ExitDo}
    ${EndIf}
    IntOp $1 $1 + 1
    ${If} $1 > 8
      StrCpy $1 0
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY +3
      SetErrorLevel ${EXIT_RUNNING}
      Quit
    ${EndIf}
    Sleep 250
  ${Loop}
FunctionEnd

Function ${UN}HasRights ; pushes 1 where an administrator does this
  UserInfo::GetAccountType
  Pop $0
  StrCpy $1 ""
  ${If} $0 == "Admin"
    StrCpy $1 1
  ${EndIf}
  Push $1
FunctionEnd
!macroend

!macro IS_IN_USE FILE RESULT
  ${If} ${FileExists} "${FILE}"
    ClearErrors
    FileOpen $3 "${FILE}" a
    ${If} ${Errors}
      StrCpy ${RESULT} 1
    ${Else}
      FileClose $3
    ${EndIf}
  ${EndIf}
!macroend

!insertmacro FUNCTIONS ""
!insertmacro FUNCTIONS "un."

!macro TELL_EXPLORER
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; SHCNE_ASSOCCHANGED
!macroend

; Says why it ends, unless it is silent, and ends.
!macro END_WITH CODE WORDS
  MessageBox MB_OK|MB_ICONSTOP "${WORDS}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

; Starts again as an administrator, which Windows asks the person about; whoever is silent cannot be asked.
!macro ASK_FOR_RIGHTS PROGRAM ARGUMENTS
  ${IfNot} ${Silent}
    ClearErrors
    ExecShell "runas" "${PROGRAM}" '${ARGUMENTS}'
    ${IfNot} ${Errors}
      Quit
    ${EndIf}
  ${EndIf}
  !insertmacro END_WITH ${EXIT_RIGHTS} "$(NEEDS_RIGHTS)"
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastBuild} 17763
    !insertmacro END_WITH ${EXIT_WINDOWS} "$(NEEDS_WINDOWS)"
  ${EndIf}
  SetRegView 64
  Call ForWhom
  ${If} $INSTDIR == ""
    StrCpy $INSTDIR $Former
  ${EndIf}
  ${If} $INSTDIR == ""
    StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${TITLE}"
    ${If} $ForAll == 1
      StrCpy $INSTDIR "$PROGRAMFILES64\${TITLE}"
    ${EndIf}
  ${EndIf}
  ${If} $ForAll == 1
    Call HasRights
    Pop $0
    ${If} $0 != 1
      !insertmacro ASK_FOR_RIGHTS "$EXEPATH" "/ALLUSERS /D=$INSTDIR"
    ${EndIf}
    SetShellVarContext all
  ${EndIf}
  Call WaitUntilAllFree
FunctionEnd

; Finds out for whom this is, and what of the same is installed.
Function ForWhom
  ReadRegStr $1 HKCU "${KEY}" "InstallLocation"
  ReadRegStr $2 HKLM "${KEY}" "InstallLocation"
  StrCpy $ForAll 0
  ${GetParameters} $3
  ClearErrors
  ${GetOptions} $3 "/ALLUSERS" $4
  ${IfNot} ${Errors}
    StrCpy $ForAll 1
  ${ElseIf} $1 == ""
  ${AndIf} $2 != ""
    ClearErrors
    ${GetOptions} $3 "/CURRENTUSER" $4
    ${If} ${Errors}
      StrCpy $ForAll 1
    ${EndIf}
  ${EndIf}
  StrCpy $Former $1
  ${If} $ForAll == 1
    StrCpy $Former $2
  ${EndIf}
FunctionEnd

Function WaitUntilAllFree
  StrCpy $0 $INSTDIR
  Call WaitUntilFree
  ${If} $Former != ""
    StrCpy $0 $Former
    Call WaitUntilFree
  ${EndIf}
FunctionEnd

; The former version removes its own files, of which this one knows nothing. Its registry entries and its place in the
; Start menu are written anew below, so that what is pinned stays pinned.
Function RemoveFormer
  ${If} $Former == ""
  ${OrIfNot} ${FileExists} "$Former\${UNINSTALLER}"
    Return
  ${EndIf}
  StrCpy $1 ""
  ExecWait '"$Former\${UNINSTALLER}" /S /UPGRADE _?=$Former' $1
  ${If} $1 != 0
    !insertmacro END_WITH ${EXIT_FORMER} "$(FORMER_STAYS)"
  ${EndIf}
  Delete "$Former\${NOTE}"
  Delete "$Former\${UNINSTALLER}"
  RMDir "$Former"
FunctionEnd

Section
  Call WaitUntilAllFree
  ClearErrors
  CreateDirectory "$INSTDIR"
  FileOpen $0 "$INSTDIR\${NOTE}" a
  ${If} ${Errors}
    !insertmacro END_WITH ${EXIT_FOLDER} "$(NO_FOLDER)"
  ${EndIf}
  FileClose $0
  Call RemoveFormer
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\${UNINSTALLER}"
  WriteINIStr "$INSTDIR\${NOTE}" "${TITLE}" "AllUsers" $ForAll
  ; from here on, whatever happens, there is something that removes it
  WriteRegStr SHCTX "${KEY}" "DisplayName" "${TITLE}"
  WriteRegStr SHCTX "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr SHCTX "${KEY}" "DisplayIcon" "$INSTDIR\${WINDOW},0"
  WriteRegStr SHCTX "${KEY}" "Comments" "${SUMMARY}"
  WriteRegStr SHCTX "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${KEY}" "UninstallString" '"$INSTDIR\${UNINSTALLER}"'
  WriteRegStr SHCTX "${KEY}" "QuietUninstallString" '"$INSTDIR\${UNINSTALLER}" /S'
  WriteRegDWORD SHCTX "${KEY}" "EstimatedSize" ${KIB}
  WriteRegDWORD SHCTX "${KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${KEY}" "NoRepair" 1

  !insertmacro INSTALL_FILES

  SetOutPath "$INSTDIR"
  CreateShortcut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\${WINDOW}" "" "$INSTDIR\${WINDOW}" 0 SW_SHOWNORMAL "" "${SUMMARY}"

!if "${WINDOW}" != "${NAME}.exe"
  ; One of the programs that Explorer offers for Markdown. Which one opens it stays what the person chose.
  WriteRegStr SHCTX "${KIND}" "" "$(ENTRY)"
  WriteRegStr SHCTX "${KIND}\DefaultIcon" "" "$INSTDIR\${WINDOW},0"
  WriteRegStr SHCTX "${KIND}\Application" "ApplicationName" "${TITLE}"
  WriteRegStr SHCTX "${KIND}\shell\open" "FriendlyAppName" "${TITLE}"
  WriteRegStr SHCTX "${KIND}\shell\open\command" "" '"$INSTDIR\${WINDOW}" "%1"'
  WriteRegNone SHCTX "${MARKDOWN}\OpenWithProgids" "${TITLE}.Entry"
  !insertmacro TELL_EXPLORER
!endif
SectionEnd

; By way of Explorer: it runs as the person, and not as the administrator who may have installed it.
Function StartProgram
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\${WINDOW}"'
FunctionEnd

Function un.onInit
  SetRegView 64
  ReadINIStr $ForAll "$INSTDIR\${NOTE}" "${TITLE}" "AllUsers"
  ${If} $ForAll == 1
    Call un.HasRights
    Pop $0
    ${If} $0 != 1
      !insertmacro ASK_FOR_RIGHTS "$INSTDIR\${UNINSTALLER}" ""
    ${EndIf}
    SetShellVarContext all
  ${EndIf}
  StrCpy $Upgrade 0
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/UPGRADE" $2
  ${IfNot} ${Errors}
    StrCpy $Upgrade 1
  ${EndIf}
  StrCpy $0 $INSTDIR
  Call un.WaitUntilFree
FunctionEnd

Section Uninstall
  SetOutPath "$TEMP" ; a folder that somebody is in cannot be removed
  !insertmacro REMOVE_FILES
  ${If} $Upgrade == 1
    Return
  ${EndIf}
  Delete "$INSTDIR\${NOTE}"
  Delete "$INSTDIR\${UNINSTALLER}"
  RMDir "$INSTDIR" ; if it is empty, as everywhere here
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  DeleteRegKey SHCTX "${KEY}"
  DeleteRegKey SHCTX "${KIND}"
  DeleteRegValue SHCTX "${MARKDOWN}\OpenWithProgids" "${TITLE}.Entry"
  DeleteRegKey /ifempty SHCTX "${MARKDOWN}\OpenWithProgids"
  DeleteRegKey /ifempty SHCTX "${MARKDOWN}"
  !insertmacro TELL_EXPLORER
SectionEnd
